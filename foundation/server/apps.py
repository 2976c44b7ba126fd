from django.apps import AppConfig


class ServerConfig(AppConfig):
    """What runs the portal: its database, page cache, storage, logs and health."""

    name = "foundation.server"
