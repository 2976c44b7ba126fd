"""Editing what is done: the project, its themes, workshops and people."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.content.templatetags.content import text as marked_text
from foundation.editing.content_admin import ContentAdmin, StateFilter, tag
from foundation.editing.content_forms import NoteForm
from foundation.editing.edit_conflicts import EditFormSet
from foundation.editing.editing_admin import BilingualInline, EditingAdmin, RowInline
from foundation.editing.form_fields import both, pair
from foundation.editing.table_admin import ExchangesTable
from projects.halfyears import HalfYear
from projects.models import (
    Contact,
    ContactAssignment,
    Goal,
    Organisation,
    Participation,
    Programme,
    ProgrammeParticipant,
    Project,
    ProjectRole,
    Theme,
    ThemePeriod,
    Workshop,
    WorkshopSeries,
)
from projects.participations import PARTICIPATION_TABLE
from projects.tables import CONTACT_TABLE, WORKSHOP_TABLE

THREADS = {
    1: _("1 – lake blue"),
    2: _("2 – spruce green"),
    3: _("3 – cloudberry yellow"),
    4: _("4 – lingonberry red"),
}


def kept_forms(formset: EditFormSet) -> list[Any]:
    """The forms of rows that stand after saving, as far as they were filled in rightly."""
    return [
        form
        for form in formset.forms
        if form.is_valid() and form.cleaned_data and not formset._should_delete_form(form)
    ]


@admin.register(Organisation)
class OrganisationAdmin(EditingAdmin):
    """Bodies that own, fund or take part in work."""

    required_in_both = ("name",)
    list_display = ("name_shown", "abbreviation_shown", "name_language")
    search_fields = (*both("name"), *both("abbreviation"))
    fieldsets = (
        (_("Names"), {"fields": (pair("name"), pair("abbreviation"))}),
        (_("When the name is in one language"), {"fields": ("name_language", pair("gloss"))}),
        (_("How to reach"), {"fields": (pair("website"), pair("visiting_address"), "phone")}),
    )

    @admin.display(description=_("Name"), ordering="name_sv")
    def name_shown(self, organisation: Organisation) -> SafeString:
        return marked_text(organisation, "name")

    @admin.display(description=_("Abbreviation"))
    def abbreviation_shown(self, organisation: Organisation) -> SafeString:
        return marked_text(organisation, "abbreviation")


class ProgrammeParticipantInline(RowInline):
    model = ProgrammeParticipant
    autocomplete_fields = ("municipality",)
    fields = ("municipality", "is_case")


@admin.register(Programme)
class ProgrammeAdmin(ContentAdmin):
    """Programmes, with participants of their own."""

    facts = ((_("Belongs to"), ("coordinator",)),)
    autocomplete_fields = ("coordinator",)
    inlines = (ProgrammeParticipantInline,)


class GoalInline(BilingualInline):
    model = Goal
    required_in_both = ("goal",)
    fieldsets = ((None, {"fields": ("position", pair("goal"))}),)


class RoleFormSet(EditFormSet):
    """The organisations of a project, of which exactly one owns it."""

    def clean(self) -> None:
        super().clean()
        owners = [f for f in kept_forms(self) if f.cleaned_data.get("role") == "owner"]
        if len(owners) != 1 and not any(form.errors for form in self.forms):
            raise ValidationError(
                _("A project has exactly one owner: choose the role for one organisation.")
            )


class RoleInline(RowInline):
    model = ProjectRole
    formset = RoleFormSet
    autocomplete_fields = ("organisation",)
    fields = ("organisation", "role", "position")


class PeriodFormSet(EditFormSet):
    """The half-years of a project, which lie inside it and have one main theme each."""

    def clean(self) -> None:
        super().clean()
        main: set[HalfYear] = set()
        for form in kept_forms(self):
            half_year = HalfYear(form.cleaned_data["year"], form.cleaned_data["half"])
            if self._is_outside(half_year):
                form.add_error("year", _("The half-year must lie inside the project."))
            if form.cleaned_data.get("is_main"):
                if half_year in main:
                    form.add_error("is_main", _("The half-year already has a main theme."))
                main.add(half_year)

    def _is_outside(self, half_year: HalfYear) -> bool:
        project = self.instance
        bounds = (project.first_year, project.first_half, project.last_year, project.last_half)
        if None in bounds:
            return False  # the project's own form has said so
        return not project.first <= half_year <= project.last


class PeriodInline(BilingualInline):
    model = ThemePeriod
    formset = PeriodFormSet
    fieldsets = ((None, {"fields": (("year", "half", "theme", "is_main"), pair("summary"))}),)


class ParticipationFormSet(EditFormSet):
    """The parties of a project, none of them twice on one day."""

    def clean(self) -> None:
        super().clean()
        seen: list[tuple[Any, date, date]] = []
        for form in kept_forms(self):
            data = form.cleaned_data
            party = data.get("municipality") or data.get("regional_actor")
            start, end = data["start"], data.get("end") or date.max
            if any(who == party and start <= last and first <= end for who, first, last in seen):
                form.add_error("start", _("The party already takes part during these dates."))
            seen.append((party, start, end))


class ParticipationInline(RowInline):
    model = Participation
    formset = ParticipationFormSet
    autocomplete_fields = ("municipality", "regional_actor")
    fields = ("municipality", "regional_actor", "start", "end", "is_example")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.select_related("municipality", "regional_actor").order_by("pk")


class AssignmentInline(BilingualInline):
    """The people asked about the thing that the form is about."""

    model = ContactAssignment
    autocomplete_fields = ("contact",)
    exclude: ClassVar[Any] = ("is_facilitator",)  # only workshops have one
    fieldsets = ((None, {"fields": (("contact", "position"), pair("role"))}),)


@admin.register(Project)
class ProjectAdmin(ContentAdmin):
    """The project, with its goals, organisations, half-years, parties and people."""

    change_form_template = "publications/admin/material_owner_change_form.html"
    facts = (
        (_("When"), (("first_year", "first_half"), ("last_year", "last_half"))),
        (_("Belongs to"), ("programme",)),
    )
    autocomplete_fields = ("programme",)
    inlines = (GoalInline, RoleInline, PeriodInline, ParticipationInline, AssignmentInline)


@admin.register(Theme)
class ThemeAdmin(ContentAdmin):
    """The themes, each with its thread."""

    change_form_template = "publications/admin/material_owner_change_form.html"
    facts = ((_("Look"), ("thread",)),)
    inlines = (AssignmentInline,)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "thread":
            kwargs["choices"] = list(THREADS.items())
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(WorkshopSeries)
class WorkshopSeriesAdmin(ContentAdmin):
    """Processes of several workshops."""

    form = NoteForm
    texts = ("title", "lead", "outcome", "body")
    facts = ((_("Belongs to"), ("theme",)),)
    list_display = ("heading", "theme", *ContentAdmin.list_display[1:])
    list_filter = (StateFilter, "pairing", "theme", "responsible")
    list_select_related = ("responsible", "theme")


class WorkshopForm(NoteForm):
    """The form of a workshop, which knows whom a workshop for a municipality must name."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_for_one = cleaned.get("level") == Workshop.Level.MUNICIPALITY
        if is_for_one and "municipalities" in cleaned and not cleaned["municipalities"]:
            self.add_error(
                "municipalities",
                _("A workshop for a municipality names at least one municipality."),
            )
        return cleaned


class WorkshopAssignmentInline(AssignmentInline):
    """The people asked about a workshop, and who of them leads it."""

    exclude = ()
    fieldsets = ((None, {"fields": (("contact", "is_facilitator", "position"), pair("role"))}),)


@admin.register(Workshop)
class WorkshopAdmin(ExchangesTable, ContentAdmin):
    """Workshops, latest first."""

    table = WORKSHOP_TABLE
    own_may = ("view", "change", "add")
    ties = ("level",)

    change_form_template = "publications/admin/material_owner_change_form.html"
    form = WorkshopForm
    texts = ("title", "lead", "body", "programme", "questions", "outcome")
    facts = (
        (
            _("When and where"),
            (
                ("day", "last_day"),
                ("start_time", "end_time"),
                ("status", "former_day"),
                pair("place"),
                "online_url",
                pair("audience"),
                "participants",
            ),
        ),
        (_("Belongs to"), (("theme", "series"), "level", "municipalities")),
    )
    autocomplete_fields = ("series", "municipalities")
    radio_fields = {
        **ContentAdmin.radio_fields,
        "level": admin.HORIZONTAL,
        "status": admin.HORIZONTAL,
    }
    date_hierarchy = "day"
    list_display = ("heading", "day", "status", "theme", *ContentAdmin.list_display[1:])
    list_filter = (StateFilter, "status", "pairing", "level", "theme", "is_example", "responsible")
    list_select_related = ("responsible", "theme")
    inlines = (WorkshopAssignmentInline,)


class SubjectInline(BilingualInline):
    """What the person is asked about."""

    model = ContactAssignment
    autocomplete_fields = ("project", "theme", "workshop", "municipality", "regional_actor")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("project", "theme", "workshop"),
                    ("municipality", "regional_actor", "position"),
                    pair("role"),
                    "is_facilitator",
                )
            },
        ),
    )


@admin.register(Contact)
class ContactAdmin(ExchangesTable, EditingAdmin):
    """People whom readers can ask."""

    table = CONTACT_TABLE
    own_may = ("view", "change")

    list_display = ("name", "title_shown", "employer", "email", "visibility")
    list_filter = ("service_languages", "employer")
    list_select_related = ("employer",)
    search_fields = ("name", "email", *both("title"))
    autocomplete_fields = ("photo", "employer")
    fieldsets = (
        (_("Person"), {"fields": ("name", pair("title"), pair("unit"), ("employer", "photo"))}),
        (_("Responsibilities"), {"fields": (pair("responsibilities"),)}),
        (_("How to reach"), {"fields": (("phone", "email"), "service_languages")}),
        (_("On the pages"), {"fields": (("visible_until", "position"),)}),
    )
    inlines = (SubjectInline,)

    @admin.display(description=_("Job title"), ordering="title_sv")
    def title_shown(self, contact: Contact) -> SafeString:
        return marked_text(contact, "title")

    @admin.display(description=_("Visible until"), ordering="visible_until")
    def visibility(self, contact: Contact) -> Any:
        if contact.visible_until and contact.visible_until < timezone.localdate():
            return tag(_("No longer shown"), "withdrawn")
        return contact.visible_until


@admin.register(Participation)
class ParticipationAdmin(ExchangesTable, EditingAdmin):
    """Who takes part in the project; one by one they are changed in the form of the project."""

    table = PARTICIPATION_TABLE
    list_display = ("party", "start", "end", "is_example")
    list_filter = ("is_example",)
    list_select_related = ("municipality", "regional_actor")
    autocomplete_fields = ("municipality", "regional_actor")
    search_fields = (
        *both("municipality__name"),
        *both("regional_actor__name"),
        "municipality__code",
    )

    @admin.display(description=_("Municipality or regional actor"))
    def party(self, participation: Participation) -> str:
        return str(participation)
