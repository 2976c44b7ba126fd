from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    """Who: regions, municipalities and the actors on regional level."""

    name = "municipalities"
    verbose_name = _("Municipalities and regions")
