from modeltranslation.translator import TranslationOptions, register

from municipalities.models import Municipality, Region, RegionalActor


@register(Region)
class RegionOptions(TranslationOptions):
    fields = ("name",)


@register(Municipality)
class MunicipalityOptions(TranslationOptions):
    fields = ("name", "slug")


@register(RegionalActor)
class RegionalActorOptions(TranslationOptions):
    fields = ("name", "slug", "website")
