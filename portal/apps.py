from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The site itself."""

    default = True
    name = "portal"
    verbose_name = _("Site")

    def ready(self) -> None:
        from portal import checks  # noqa: F401  (registers itself)
        from portal.roles import ensure_roles

        post_migrate.connect(ensure_roles, sender=self)


class PortalAdminConfig(admin.AdminConfig):
    """Django's admin, with our order of things and a language button."""

    default = False
    default_site = "portal.adminsite.PortalAdminSite"
