"""Rich text: a small set of HTML, sanitised on every way into the database."""

import re
from typing import Any

import nh3
from django_prose_editor.fields import ProseEditorField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "HardBreak": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "Figure": True,
    "Image": True,
    "Caption": True,
    "Heading": {"levels": [2, 3]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}
_TAGS = {
    *("p", "br", "h2", "h3", "strong", "em", "a", "ul", "ol", "li", "blockquote", "cite"),
    *("table", "thead", "tbody", "tr", "th", "td", "span"),
    *("figure", "figcaption", "img"),
}
_ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href", "hreflang"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "img": {"src", "alt", "width", "height"},
}
# A picture is one of our library, never another site’s.
_PICTURE = re.compile(r"/images/\d+/\d+\.webp")
_NO_PICTURE = re.compile(r"<img(?![^>]* src=)[^>]*>")
_NO_FIGURE = re.compile(r"<figure>\s*(<figcaption>.*?</figcaption>)?\s*</figure>", re.DOTALL)
_HOLLOW = re.compile(r"((?!<img )<[^>]*>|&nbsp;|\s)*")


def sanitised(html: str) -> str:
    """The HTML with nothing in it but the tags, attributes and link schemes we allow.

    Paragraphs without a letter, which editors leave behind in an emptied field, are no text.
    """
    allowed = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        attribute_filter=_kept,
    )
    allowed = _NO_FIGURE.sub("", _NO_PICTURE.sub("", allowed)).strip()
    return "" if _HOLLOW.fullmatch(allowed) else allowed


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src" and not _PICTURE.fullmatch(value):
        return None
    if tag == "img" and attribute in ("width", "height") and not value.isdecimal():
        return None
    return value


class RichTextField(ProseEditorField):
    """A ProseMirror text, sanitised whenever a value is handed to the database.

    The library sanitises in `full_clean()` only, which importers, commands and `update()` pass by.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs["sanitize"] = sanitised
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return sanitised(value) if isinstance(value, str) else value
