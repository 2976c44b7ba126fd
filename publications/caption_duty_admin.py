"""How editors are told of videos that owe their viewers captions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.content.publication import Decision
from publications.caption_duty import DAYS, awaiting_captions, captions_by, due_after
from publications.models import Material, MaterialFile


class CaptionFilter(admin.SimpleListFilter):
    """Lists the public videos without captions or transcript."""

    title = _("captions")
    parameter_name = "captions"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("missing", _("Videos without captions")), ("overdue", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "missing":
            return awaiting_captions(queryset)
        if self.value() == "overdue":
            since = timezone.localdate() - DAYS
            return awaiting_captions(queryset).filter(video_since__date__lt=since)
        return queryset


@dataclass(frozen=True)
class Duty:
    """A video without captions or transcript, and the day by which the law wants them."""

    material: Material
    due: date | None  # None until it is public

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()

    @property
    def url(self) -> str:
        return reverse("admin:publications_material_change", args=[self.material.pk])


def duties(request: HttpRequest) -> list[Duty]:
    """Every public video without captions, first due first, for those who may change them."""
    if not request.user.has_perm("publications.change_material"):
        return []
    materials = awaiting_captions(Material.objects.all()).order_by("video_since", "pk")
    return [Duty(material, due_after(material.video_since)) for material in materials]


def duty_of(material: Material) -> Duty | None:
    """What a material's form says of its video, public or not; nothing where all is well."""
    files = list(material.files.all())
    videos = [file for file in files if file.media_type.startswith("video/")]
    # Captions of a public video that readers do not get yet do not help them.
    is_draft = material.decision == Decision.DRAFT
    has_captions = any(
        file.role == MaterialFile.Role.CAPTIONS and (is_draft or file.published_at)
        for file in files
    )
    if not videos or has_captions or material.transcript_sv or material.transcript_fi:
        return None
    days = [] if is_draft else [day for video in videos if (day := captions_by(material, video))]
    return Duty(material, min(days, default=None))
