from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """The members' side of the portal."""

    name = "network"
