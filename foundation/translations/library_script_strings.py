"""Texts of the libraries' scripts that lack Swedish or Finnish, for the catalogue of scripts.

The scripts are the admin's; the portal's own pages have no texts in theirs.
"""

from django.utils.translation import gettext_noop as _

DJANGO_ADMIN = (
    _("(click to clear)"),
    _('Choose %s by selecting them and then select the "Choose" arrow button.'),
    _("Choose all %s"),
    _("Choose selected %s"),
    _('Remove %s by selecting them and then select the "Remove" arrow button.'),
    _("Remove all %s"),
    _("Remove selected %s"),
)

# The editor says the names of its buttons in English only; editing/editor.js asks for them here.
PROSE_EDITOR = (
    _("heading 2"),
    _("heading 3"),
    _("paragraph"),
    _("unordered list"),
    _("ordered list"),
    _("blockquote"),
    _("bold"),
    _("italic"),
    _("mark as Swedish"),
    _("mark as Finnish"),
    _("insert link"),
    _("remove link"),
    _("Edit Link"),
    _("URL"),
    _("Title"),
    _("Update"),
    _("Cancel"),
    _("Insert table"),
    _("Add column"),
    _("Delete column"),
    _("Add row"),
    _("Delete row"),
    _("Merge cells"),
    _("Split cell"),
    _("Toggle header cell"),
    _("Delete table"),
    _("undo"),
    _("redo"),
    _("Text formatting"),
    _("insert picture"),
    _("Insert picture"),
    _("Picture"),
    _("Search among the pictures"),
    _("Caption"),
    _("Decoration only"),
    _("No picture is called that."),
    _("speaker of the quote"),
    _("Speaker of the quote"),
    _("Who said it"),
    _("Insert"),
    _("Add caption"),
    _("Remove caption"),
)
