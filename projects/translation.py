from modeltranslation.translator import TranslationOptions, register

from foundation.content.translation import ContentOptions
from projects.models import (
    Contact,
    ContactAssignment,
    Goal,
    Organisation,
    Programme,
    Project,
    Theme,
    ThemePeriod,
    Workshop,
    WorkshopSeries,
)


@register(Organisation)
class OrganisationOptions(TranslationOptions):
    fields = ("name", "abbreviation", "gloss", "website", "visiting_address")


@register([Programme, Project, Theme])
class ProjectContentOptions(ContentOptions):
    pass


@register(Goal)
class GoalOptions(TranslationOptions):
    fields = ("goal",)


@register(ThemePeriod)
class ThemePeriodOptions(TranslationOptions):
    fields = ("summary",)


@register(WorkshopSeries)
class WorkshopSeriesOptions(ContentOptions):
    fields = ("outcome",)


@register(Workshop)
class WorkshopOptions(ContentOptions):
    fields = ("place", "audience", "programme", "questions", "outcome")


@register(Contact)
class ContactOptions(TranslationOptions):
    fields = ("title", "unit", "responsibilities")


@register(ContactAssignment)
class ContactAssignmentOptions(TranslationOptions):
    fields = ("role",)
