from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    """What was written, by whom and when; the way back to it; and the bin."""

    name = "foundation.history"
    verbose_name = _("History")

    def ready(self) -> None:
        from foundation.history.recording import record_every_model

        record_every_model()
