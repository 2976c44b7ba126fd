from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """The kernel every page stands on."""

    name = "portal.content"
    verbose_name = _("Languages, pictures and addresses")

    def ready(self) -> None:
        from portal.content import checks  # noqa: F401  (registers itself)
        from portal.content.agreement import compare_every_bilingual_model

        compare_every_bilingual_model()
