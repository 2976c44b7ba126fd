"""Editing the register: regions, municipalities and regional actors."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.alphabet import alphabetical
from foundation.editing.content_admin import AddressedAdmin
from foundation.editing.editing_admin import EditingAdmin
from foundation.editing.form_fields import both, pair
from foundation.editing.table_admin import ExchangesTable
from municipalities.models import Municipality, Region, RegionalActor
from municipalities.register import REGISTER_TABLE


class InAlphabeticalOrder:
    """Lists and suggestions in the alphabetical order of the editor's language."""

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [alphabetical(f"name_{languages.current()}")]


@admin.register(Region)
class RegionAdmin(InAlphabeticalOrder, EditingAdmin):
    """Regions, by Statistics Finland's classification."""

    required_in_both = ("name",)
    list_display = ("name_sv", "name_fi", "code")
    list_display_links = ("name_sv", "name_fi")
    search_fields = (*both("name"), "code")
    fieldsets = ((None, {"fields": (pair("name"), "code")}),)

    @admin.display(description=_("Name in Swedish"), ordering=alphabetical("name_sv"))
    def name_sv(self, region: Region) -> str:
        return region.name_sv

    @admin.display(description=_("Name in Finnish"), ordering=alphabetical("name_fi"))
    def name_fi(self, region: Region) -> str:
        return region.name_fi


@admin.register(Municipality)
class MunicipalityAdmin(ExchangesTable, InAlphabeticalOrder, AddressedAdmin):
    """Municipalities, found by either name or by their code."""

    table = REGISTER_TABLE

    required_in_both = ("name",)
    list_display = ("name_sv", "name_fi", "code", "region", "language_status")
    list_display_links = ("name_sv", "name_fi")
    list_filter = ("language_status", "region")
    list_select_related = ("region",)
    search_fields = (*both("name"), "code")
    fieldsets = (
        (_("Names"), {"fields": (pair("name"),)}),
        (_("Register"), {"fields": (("code", "region"), "language_status")}),
        (_("Place on the map"), {"fields": (("latitude", "longitude"),)}),
        (_("Address of the page"), {"fields": (pair("slug"),)}),
    )

    name_sv = RegionAdmin.name_sv
    name_fi = RegionAdmin.name_fi


@admin.register(RegionalActor)
class RegionalActorAdmin(InAlphabeticalOrder, AddressedAdmin):
    """Actors on regional level."""

    required_in_both = ("name",)
    list_display = ("name_sv", "name_fi", "region")
    list_display_links = ("name_sv", "name_fi")
    list_filter = ("region",)
    list_select_related = ("region",)
    search_fields = both("name")
    fieldsets = (
        (_("Names"), {"fields": (pair("name"),)}),
        (_("Register"), {"fields": ("region", pair("website"))}),
        (_("Address of the page"), {"fields": (pair("slug"),)}),
    )

    name_sv = RegionAdmin.name_sv
    name_fi = RegionAdmin.name_fi
