"""The six roles of staff: groups of users, whose rights this module alone decides.

The groups are made, and put right, whenever the database is migrated. What a role means for fields
and for what belongs to a municipality is in `foundation.editing.rights`.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connections, models, transaction
from django.db.models import Q

from foundation.accounts.roles import Role
from foundation.editing.rights import EDIT_OWN, EXCHANGE_TABLES, PUBLISH, TRANSLATE
from foundation.editing.worklist import bilingual_models

REGISTER = ("municipalities.region", "municipalities.municipality", "municipalities.regionalactor")
# What editors write, each with a form of its own.
WRITTEN = (
    "content.image",
    "content.term",
    "projects.contact",
    "projects.organisation",
    "projects.programme",
    "projects.project",
    "projects.theme",
    "projects.workshop",
    "projects.workshopseries",
    "publications.material",
    "publications.practice",
    "publications.publication",
    "publications.story",
    "publications.taskarea",
)
# Rows in those forms, which are added and removed as they are written.
ROWS = (
    "projects.contactassignment",
    "projects.goal",
    "projects.programmeparticipant",
    "projects.projectrole",
    "projects.themeperiod",
    "publications.actionproposal",
    "publications.adoption",
    "publications.authorship",
    "publications.figure",
    "publications.materialfile",
    "publications.publicationcontact",
    "publications.publicationevent",
    "publications.reflectionquestion",
)
# To look up: what readers have done, and what the portal has noticed.
LOOKED_UP = (
    "content.slughistory",
    "portal.brokenlink",
    "publications.downloadday",
    "publications.kitday",
    "search.searchedday",
)
ALL = ("add", "change", "delete", "view")


def _rights(names: Iterable[str], *actions: str) -> set[str]:
    """Django's names of the rights to do the actions with the models."""
    made = set()
    for name in names:
        label, _dot, model = name.partition(".")
        made |= {f"{label}.{action}_{model}" for action in actions}
    return made


def _translated() -> list[str]:
    """Everything with texts but the register, whose names are official."""
    labels = [model._meta.label_lower for model in bilingual_models().values()]
    return [label for label in labels if label not in REGISTER]


def _everything() -> set[str]:
    ours = [m for m in installed.get_models() if m.__module__.partition(".")[0] in settings.ROOMS]
    names = [m._meta.label_lower for m in ours if not m._meta.proxy]
    return _rights([*names, "auth.group"], *ALL)


def rights_of(role: Role) -> set[str]:
    """Every right of a role, as `app.codename`."""
    editor = (
        _rights(WRITTEN, "add", "change", "view")
        | _rights(ROWS, *ALL)
        | _rights((*REGISTER, "projects.participation", "portal.statement", *LOOKED_UP), "view")
        | _rights(("network.submission",), "change", "view")
    )
    publisher = (
        editor
        | _rights((*WRITTEN, "portal.redirect", "projects.participation"), *ALL)
        | _rights(REGISTER, "change", "view")
        | _rights(("network.membership",), "add", "change", "view")
        | _rights(
            ("portal.feedback", "publications.adoptionrequest", "network.submission"),
            *("change", "delete", "view"),
        )
        | {PUBLISH}
    )
    return {
        Role.ADMINISTRATOR: _everything() | {PUBLISH, EXCHANGE_TABLES},
        Role.PUBLISHER: publisher,
        Role.EDITOR: editor,
        Role.TRANSLATOR_TO_SWEDISH: _rights(_translated(), "view") | {TRANSLATE["sv"]},
        Role.TRANSLATOR_TO_FINNISH: _rights(_translated(), "view") | {TRANSLATE["fi"]},
        Role.MUNICIPAL_EDITOR: {EDIT_OWN},
    }[role]


@transaction.atomic
def ensure_roles(sender: Any, *, using: str, apps: Any = installed, **kwargs: Any) -> None:
    """Make the groups of the roles, with their rights and no others, after migrating."""
    if "group" not in apps.all_models["auth"]:
        return
    for config in installed.get_app_configs():
        # Django makes each app's rights when it comes to the app, which may be after this one.
        create_permissions(config, verbosity=0, using=using, apps=apps)
    with connections[using].cursor() as cursor:
        # The audit trail tells what people have changed.
        cursor.execute("SELECT set_config('portal.roles_are_put_right', 'yes', true)")
    for role in Role:
        group, _made = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set(_stored(rights_of(role)))
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('portal.roles_are_put_right', '', true)")


def _stored(rights: Iterable[str]) -> models.QuerySet[Permission]:
    wanted = Q(pk__in=[])
    for right in rights:
        label, _dot, codename = right.partition(".")
        wanted |= Q(content_type__app_label=label, codename=codename)
    return Permission.objects.filter(wanted)
