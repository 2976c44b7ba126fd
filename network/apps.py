from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """The members' side: who belongs to the network, and what they send in."""

    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        from django.db.models import Q

        from foundation.content.publication import keep_to_its_writer
        from foundation.editing.rights import edits_for
        from publications.models import Material, Practice

        edits_for(_parties)
        for model in (Practice, Material):
            keep_to_its_writer(model, Q(submissions__state="draft"))


def _parties(user: Any) -> Iterable[tuple[int | None, int | None]]:
    return user.memberships.current().values_list("municipality", "regional_actor")
