from modeltranslation.translator import TranslationOptions, register

from portal.content.models import Image


class AddressedOptions(TranslationOptions):
    """An item with a page: its address is translated."""

    fields = ("slug",)


class ContentOptions(TranslationOptions):
    """The texts every content item has."""

    fields = ("title", "slug", "lead", "body")


@register(Image)
class ImageOptions(TranslationOptions):
    fields = ("alt",)
