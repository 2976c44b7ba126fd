from django.apps import AppConfig


class EditingConfig(AppConfig):
    """The admin's two languages side by side: forms, conflicts, work list, tables, preview."""

    name = "foundation.editing"
