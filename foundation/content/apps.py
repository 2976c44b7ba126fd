from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """The kernel every page stands on."""

    name = "foundation.content"
    verbose_name = _("Languages, pictures and addresses")

    def ready(self) -> None:
        from foundation.content import checks  # noqa: F401  (registers itself)
        from foundation.content.agreement import compare_every_bilingual_model

        compare_every_bilingual_model()
