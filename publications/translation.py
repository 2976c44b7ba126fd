from modeltranslation.translator import TranslationOptions, register

from foundation.content.translation import ContentOptions
from publications.models import (
    ActionProposal,
    Authorship,
    Figure,
    Material,
    Practice,
    Publication,
    PublicationContact,
    PublicationEvent,
    ReflectionQuestion,
    Story,
    TaskArea,
)


@register(Story)
class StoryOptions(ContentOptions):
    fields = ("kicker", "source")


@register(Figure)
class FigureOptions(TranslationOptions):
    fields = ("caption", "long_description")


@register(Publication)
class PublicationOptions(ContentOptions):
    fields = ("place", "key_findings")


@register(Authorship)
class AuthorshipOptions(TranslationOptions):
    fields = ("affiliation",)


@register(ActionProposal)
class ActionProposalOptions(TranslationOptions):
    fields = ("title", "proposal")


@register(ReflectionQuestion)
class ReflectionQuestionOptions(TranslationOptions):
    fields = ("question",)


@register(PublicationEvent)
class PublicationEventOptions(TranslationOptions):
    fields = ("when", "event")


@register(PublicationContact)
class PublicationContactOptions(TranslationOptions):
    fields = ("role",)


@register(TaskArea)
class TaskAreaOptions(TranslationOptions):
    fields = ("name", "slug")


@register(Practice)
class PracticeOptions(ContentOptions):
    fields = ("need", "idea", "how", "results", "requirements")


@register(Material)
class MaterialOptions(ContentOptions):
    fields = ("audience", "attribution", "link", "transcript")
