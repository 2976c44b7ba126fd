"""What is due: the blocks of the admin's start page, each for those who may do something about it.

Every block takes the same few queries whatever there is to list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.db.models import F, Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.models import Addressed, Bilingual, Content
from foundation.content.publication import Decision
from foundation.content.templatetags.content import marked
from foundation.content.templatetags.content import text as marked_text
from foundation.content.texts import Text
from foundation.editing.editing_admin import may_change
from network.models import Submission
from portal.broken_links import confirmed, edit_address, with_items
from portal.models import ANSWER_DAYS, BrokenLink, Feedback
from portal.recent_changes import shown_name
from projects.models import Workshop
from publications.models import Adoption, AdoptionRequest, Material, Story

SOON = timedelta(days=14)
SHOWN = 6  # of a block; the rest are folded away
MOST = 100  # of a block
NEW = (
    (Workshop, _("New workshop")),
    (Story, _("New story")),
    (Material, _("New material")),
)


@dataclass(frozen=True)
class Due:
    """One thing that is due: where to do it, what it is, and by which day or at which moment."""

    url: str
    what: SafeString | str
    kind: SafeString | str = ""
    day: date | None = None
    moment: datetime | None = None
    says: str = ""  # what happens, or has happened

    @property
    def is_overdue(self) -> bool:
        return self.day is not None and self.day < timezone.localdate()


@dataclass(frozen=True)
class Block:
    """A heading with what is due under it."""

    key: str
    heading: str
    about: str
    rows: Sequence[Due]
    list_url: str = ""
    list_label: str = ""

    @property
    def first(self) -> Sequence[Due]:
        return self.rows[:SHOWN]

    @property
    def rest(self) -> Sequence[Due]:
        return self.rows[SHOWN:]


def blocks(request: HttpRequest, site: AdminSite) -> list[Block]:
    """What is due for the user, blocks with nothing in them left out."""
    every = [
        _feedback(request),
        _adoption_requests(request),
        _submissions(request),
        _reviews(request, site),
        _broken_links(request),
        _soon(request, site),
    ]
    return [block for block in every if block and block.rows]


def _feedback(request: HttpRequest) -> Block | None:
    if not may_change(request, Feedback):
        return None
    waiting = Feedback.objects.filter(answered_at__isnull=True).order_by("answer_by", "pk")
    rows = [
        Due(
            url=reverse("admin:portal_feedback_change", args=[one.pk]),
            what=marked(Text(Truncator(one.message).chars(90), one.language, languages.current())),
            kind=one.get_subject_display(),
            day=one.answer_by,
        )
        for one in waiting[:MOST]
    ]
    about = gettext("Readers are promised an answer within %(days)d days.") % {"days": ANSWER_DAYS}
    url = reverse("admin:portal_feedback_changelist") + "?answer=open"
    link = gettext("All feedback without an answer")
    return Block("feedback", gettext("Feedback to answer"), about, rows, url, link)


def _adoption_requests(request: HttpRequest) -> Block | None:
    if not (may_change(request, AdoptionRequest) and may_change(request, Adoption)):
        return None
    url = reverse("admin:publications_adoptionrequest_changelist") + "?state=open"
    waiting = AdoptionRequest.objects.filter(confirmed_at__isnull=True)
    rows = [
        Due(
            url=reverse("admin:publications_adoptionrequest_change", args=[one.pk]),
            what=marked_text(one.municipality, "name"),
            kind=marked_text(one.practice, "title"),
            moment=one.received_at,
        )
        for one in waiting.select_related("municipality", "practice").order_by("received_at", "pk")[
            :MOST
        ]
    ]
    about = gettext("They say that they work by a practice, too. Readers see it once you confirm.")
    link = gettext("Confirm them in the list")
    return Block("adoptions", gettext("Municipalities to confirm"), about, rows, url, link)


def _submissions(request: HttpRequest) -> Block | None:
    if not may_change(request, Submission):
        return None
    joined = ("practice", "material", "membership__municipality", "membership__regional_actor")
    waiting = Submission.objects.waiting().select_related(*joined).order_by("sent_at", "pk")
    rows = [
        Due(
            url=reverse("admin:network_submission_change", args=[one.pk]),
            what=marked_text(one.item, "title"),
            kind=marked_text(one.membership.party, "name") if one.membership else "",
            moment=one.sent_at,
        )
        for one in waiting[:MOST]
    ]
    about = gettext("Take them up, or return them with a comment. The member sees which.")
    url = reverse("admin:network_submission_changelist") + "?state__exact=sent"
    link = gettext("All drafts that wait")
    return Block("submissions", gettext("Drafts from members"), about, rows, url, link)


def _reviews(request: HttpRequest, site: AdminSite) -> Block | None:
    due = Q(review_by__lte=timezone.localdate()) & ~Q(decision=Decision.WITHDRAWN)
    rows = [
        _row(found, day=found["review_by"])
        for found in _contents(request, site, due, order="review_by")
    ]
    about = gettext("Check that they still hold, and give them a new day.")
    return Block("reviews", gettext("Texts to check"), about, rows)


def _soon(request: HttpRequest, site: AdminSite) -> Block | None:
    now = timezone.now()
    window = (now, now + SOON)
    goes_up, goes_down = Q(publish_at__range=window), Q(withdraw_at__range=window)
    rows = []
    for found in _contents(
        request, site, Q(decision=Decision.PUBLIC) & (goes_up | goes_down), order="pk"
    ):
        if now < found["publish_at"] <= now + SOON:
            rows.append(_row(found, moment=found["publish_at"], says=gettext("becomes public")))
        if found["withdraw_at"] and now < found["withdraw_at"] <= now + SOON:
            rows.append(_row(found, moment=found["withdraw_at"], says=gettext("is taken down")))
    about = gettext("What happens by itself during the next %(days)d days.") % {"days": SOON.days}
    return Block(
        "soon", gettext("Scheduled"), about, sorted(rows, key=lambda row: row.moment or now)
    )


def _contents(
    request: HttpRequest, site: AdminSite, condition: Q, *, order: str
) -> list[dict[str, Any]]:
    """Items of every kind that the user may change, as far as the condition holds; one query."""
    columns = ("title_sv", "title_fi", "pairing", "review_by", "publish_at", "withdraw_at")
    found: list[QuerySet] = []
    for model in apps.get_models():
        if not issubclass(model, Content) or not site.is_registered(model):
            continue
        if may_change(request, model):
            rows = site.get_model_admin(model).get_queryset(request).filter(condition).order_by()
            # Shortened to plain columns: what the lists of the admin add to a row is not needed.
            rows = rows.annotate(label=Value(model._meta.label_lower), key=F("pk"))
            found.append(rows.values("label", "key", *columns))
    if not found:
        return []
    every = found[0].union(*found[1:], all=True) if found[1:] else found[0]
    return list(every.order_by("key" if order == "pk" else order)[:MOST])


def _row(found: dict[str, Any], **more: Any) -> Due:
    model = apps.get_model(found["label"])
    title = shown_name(found["title_sv"], found["title_fi"], found["pairing"])
    app_label, name = found["label"].split(".")
    return Due(
        url=reverse(f"admin:{app_label}_{name}_change", args=[found["key"]]),
        what=marked(title) if title else gettext("(no title yet)"),
        kind=capfirst(str(model._meta.verbose_name)),
        **more,
    )


def _broken_links(request: HttpRequest) -> Block | None:
    if not request.user.has_perm("portal.view_brokenlink"):
        return None
    rows = [
        Due(
            url=edit_address(item),
            what=link.url,
            kind=_named(item),
            says=link.what_happened,
        )
        for link, item in with_items(_newest(confirmed()))
        if item and may_change(request, type(item)) and edit_address(item)
    ]
    url = reverse("admin:portal_brokenlink_changelist") + "?failed=twice"
    about = gettext("They have not worked on two different days at least.")
    link = gettext("All broken links")
    return Block("links", gettext("Broken links"), about, rows, url, link)


def _named(item: Bilingual) -> SafeString | str:
    return marked_text(item, item.name_field) if isinstance(item, Addressed) else str(item)


def _newest(links: QuerySet[BrokenLink]) -> Iterable[BrokenLink]:
    return links.order_by("-first_failed_on", "pk")[:MOST]


def new_items(request: HttpRequest, site: AdminSite) -> list[tuple[str, str]]:
    """Address and label of the buttons for what is made most often, where the user may."""
    return [
        (reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"), str(label))
        for model, label in NEW
        if site.get_model_admin(model).has_add_permission(request)
    ]
