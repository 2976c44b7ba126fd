from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _watch_for_page_cache(using: str, **_more: Any) -> None:
    """After each `migrate`: every table that pages are made of tells of its changes."""
    from foundation.server.page_cache.triggers import watch, watched_tables
    from portal.page_cache_policy import NOT_READ

    connection = connections[using]
    watch(connection, watched_tables(NOT_READ) & set(connection.introspection.table_names()))


class PortalConfig(AppConfig):
    """The site itself."""

    default = True
    name = "portal"
    verbose_name = _("Site")

    def ready(self) -> None:
        from portal.roles import ensure_roles

        post_migrate.connect(ensure_roles, sender=self)

        post_migrate.connect(_watch_for_page_cache, sender=self)


class PortalAdminConfig(admin.AdminConfig):
    """Django's admin, with our order of things and a language button."""

    default = False
    default_site = "portal.adminsite.PortalAdminSite"
