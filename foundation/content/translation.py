from modeltranslation.translator import TranslationOptions, register

from foundation.content.models import ChangeNote, Image, Term


class AddressedOptions(TranslationOptions):
    """An item with a page: its address is translated."""

    fields: tuple[str, ...] = ("slug",)


class ContentOptions(TranslationOptions):
    """The texts every content item has."""

    fields: tuple[str, ...] = (
        "title",
        "slug",
        "lead",
        "body",
        "easy_language",
        "withdrawn_because",
    )


@register(Image)
class ImageOptions(TranslationOptions):
    fields = ("alt",)


@register(Term)
class TermOptions(TranslationOptions):
    fields = ("term", "definition", "synonyms", "avoid")


@register(ChangeNote)
class ChangeNoteOptions(TranslationOptions):
    fields = ("note",)
