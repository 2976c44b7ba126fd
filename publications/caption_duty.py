"""Which videos still owe their viewers captions, and by which day the law wants them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from foundation.content.publication import State, filled, in_state
from publications.models import Material, MaterialFile

# Act 306/2019 on the provision of digital services gives recordings this long.
DAYS = timedelta(days=14)


def captions_by(material: Material, video: MaterialFile) -> date | None:
    """The day by which a public video's captions or transcript are due; None for a draft."""
    if material.publish_at is None or video.published_at is None:
        return None
    return due_after(max(material.publish_at, video.published_at))


def due_after(public_since: Any) -> date:
    """The last day of the time that the law gives, from the moment a video became public."""
    return timezone.localtime(public_since).date() + DAYS


def awaiting_captions(materials: QuerySet) -> QuerySet:
    """Those of the materials whose public video has neither captions nor a transcript.

    Each with `video_since`, the moment since when a reader can play it.
    """
    now = timezone.now()
    files = MaterialFile.objects.in_use().filter(material=OuterRef("pk"))
    videos = files.filter(role=MaterialFile.Role.CONTENT, media_type__startswith="video/")
    first = videos.order_by().values("material").annotate(first=Min("published_at"))
    return (
        materials.filter(in_state(State.PUBLISHED, now) | in_state(State.SCHEDULED, now))
        .filter(Exists(videos))
        .exclude(Exists(files.filter(role=MaterialFile.Role.CAPTIONS)))
        .exclude(filled("transcript", "sv"))
        .exclude(filled("transcript", "fi"))
        .annotate(video_since=Greatest(F("publish_at"), Subquery(first.values("first"))))
    )
