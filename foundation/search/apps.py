from django.apps import AppConfig, apps
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The engine of search: text → terms → index → hits."""

    name = "foundation.search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.db import connection

        from foundation.search.indexing import index_what_this_transaction_wrote
        from foundation.search.triggers import watch_every_searchable_model

        autodiscover_modules("searchable")
        # A table of many-to-many rows has a proxy where it has triggers: pgtrigger needs a model
        # that migrations know.
        every = sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.proxy)
        watch_every_searchable_model({model._meta.db_table: model for model in every})
        connection.before_commit.append(index_what_this_transaction_wrote)
