from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    """What there is to read and take home."""

    name = "publications"
    verbose_name = _("Publications, stories and materials")
