from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Database and files in one file, and the way back."""

    name = "foundation.backup"
