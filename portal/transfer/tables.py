"""Which tables are content, and what of the people who log in goes with them."""

from django.apps import apps
from django.db import models

from foundation.accounts.models import User
from foundation.content.models import OpenForm, Preview
from foundation.history.models import Change
from foundation.search.models import KnownWord, SearchEntry, StaleItem

ROOMS = ("content", "search", "municipalities", "projects", "publications", "network", "portal")
# The index is made of the content again; previews are kept for a few days only, open forms for an
# hour. History stays where it was made: it names people, and what was erased must not travel on.
LEFT_OUT: tuple[type[models.Model], ...] = (
    *(SearchEntry, StaleItem, KnownWord),
    *(Preview, OpenForm, Change),
)
# What of a person the content refers to. Passwords and rights stay behind: they are given anew.
USER_COLUMNS = ("id", "email", "first_name", "last_name", "language", "is_active", "date_joined")


def models_of_content() -> list[type[models.Model]]:
    """Every model whose rows are content, those behind many-to-many relations included."""
    return sorted(
        (
            model
            for model in apps.get_models(include_auto_created=True)
            if model._meta.app_label in ROOMS
            and model._meta.managed
            and not model._meta.proxy
            and model not in LEFT_OUT
        ),
        key=lambda model: model._meta.db_table,
    )


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns that are written, not computed by the database."""
    fields = model._meta.concrete_fields
    return [str(field.column) for field in fields if not field.generated]


def user_columns_of(model: type[models.Model]) -> list[str]:
    """The columns that name somebody who logs in."""
    fields = model._meta.concrete_fields
    return [str(field.column) for field in fields if field.related_model is User]


def file_fields_of(model: type[models.Model]) -> list[models.FileField]:
    """The fields whose bytes lie in the storage of uploads."""
    return [field for field in model._meta.fields if isinstance(field, models.FileField)]
