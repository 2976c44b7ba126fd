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
