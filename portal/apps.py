from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The site itself."""

    name = "portal"
    verbose_name = _("Site")

    def ready(self) -> None:
        from portal import checks  # noqa: F401  (registers itself)
