"""The pages that stand behind the log-in, for the instruments: one address of each kind."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import django

from checks.crawl import FOLDER

KEPT = FOLDER / "staff-pages.json"
# What nobody has written yet in a portal with nothing but its demo content.
UNWRITTEN = (
    *("AdoptionRequest", "BrokenLink", "Feedback", "Redirect", "SearchedDay", "Submission"),
)
# Whose every page is looked at; those of the others are drawn from the same templates.
WHOLE = ("projects_workshop", "content_term", "accounts_user", "portal_redirect")


def prepare() -> None:
    """Write what the demo content has none of: messages, a former version, a full bin."""
    from foundation.content.models import SlugHistory, Term
    from municipalities.models import Municipality
    from network.models import Membership
    from tests import factories

    hidden: Any = {"decision": "draft", "publish_at": None}
    given: dict[str, Callable[[], dict[str, Any]]] = {
        "AdoptionRequest": lambda: {
            "practice": factories.make_practice(**hidden),
            "municipality": Municipality.objects.first(),
        },
        "Submission": lambda: {
            "practice": factories.make_practice(**hidden),
            "membership": Membership.objects.first(),
        },
    }
    for model, make in factories.MAKERS.items():
        if model.__name__ in UNWRITTEN and not model._default_manager.exists():
            make(**given.get(model.__name__, dict)())
    # The database keeps a former address and a former version by itself, and what is thrown away.
    if not SlugHistory.objects.exists():
        story = factories.make_story(**hidden)
        type(story).objects.filter(pk=story.pk).update(slug_sv="en-annan-adress")
    term = factories.make_term(term_sv="ett ord", term_fi="sana")
    Term.objects.filter(pk=term.pk).update(definition_sv="Ändrad.")
    factories.make_term(term_sv="ett bortkastat ord", term_fi="pois heitetty sana").delete()


def pages() -> dict[str, dict[str, str]]:
    """Addresses by name: of the admin, and in each language those of accounts and members."""
    from django.utils import translation

    found = {"admin": dict(_of_the_admin())}
    for code in ("sv", "fi"):
        with translation.override(code):
            found[f"account-{code}"] = dict(_of_the_account())
            found[f"members-{code}"] = dict(_of_members())
    return found


def _of_the_admin() -> Iterator[tuple[str, str]]:
    from django.contrib import admin
    from django.test import RequestFactory
    from django.urls import NoReverseMatch, reverse

    from foundation.accounts.models import User
    from foundation.content.models import LanguageState, Term
    from foundation.editing.worklist import outstanding
    from foundation.history.models import Change
    from publications.models import MaterialFile

    request = RequestFactory().get("/")
    request.user = User.objects.filter(is_superuser=True).order_by("pk")[0]
    yield "start", reverse("admin:index")
    for model, one in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        if model is not LanguageState:  # which leads on to one of the two work lists
            yield f"{name}-list", reverse(f"admin:{name}_changelist")
        item = one.get_queryset(request).order_by("pk").first()
        views = {"history": item, "delete": item} if name in WHOLE else {}
        views |= (
            {"change": item, "add": None} if one.has_add_permission(request) else {"change": item}
        )
        for view, shown in views.items():
            with suppress(NoReverseMatch):  # of what has no form
                arguments = [shown.pk] if shown else []
                yield f"{name}-{view}", reverse(f"admin:{name}_{view}", args=arguments)
        for view in ("import", "counts", "intake"):
            with suppress(NoReverseMatch):
                yield f"{name}-{view}", reverse(f"admin:{name}_{view}")
    for code in ("sv", "fi"):
        yield f"worklist-{code}", reverse("admin:content_worklist", args=[code])
        text = outstanding(code).first()
        if text:
            yield (
                f"worklist-text-{code}",
                reverse("admin:content_worklist_text", args=[code, text.pk]),
            )
    changed = Change.objects.filter(kind=Term._meta.db_table, operation="changed").latest("pk")
    yield (
        "version",
        reverse("admin:item_version", args=["content", "term", changed.object_id, changed.pk]),
    )
    file = MaterialFile.objects.order_by("pk").first()
    if file:
        yield "new-version", reverse("admin:publications_materialfile_new_version", args=[file.pk])
    yield "password", reverse("admin:auth_user_password_change", args=[request.user.pk])
    yield "app", reverse("admin:app_list", args=["projects"])


ACCOUNT = (
    *("mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"),
    *("usersessions_list", "account_change_password", "account_logout"),
)


def _of_the_account() -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    for name in ACCOUNT:
        yield name, reverse(name)


def _of_members() -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    for name in ("home", "new_practice", "new_material"):
        yield name, reverse(f"members:{name}")


if __name__ == "__main__":
    django.setup()
    prepare()
    KEPT.write_text(json.dumps(pages()), "utf-8")
