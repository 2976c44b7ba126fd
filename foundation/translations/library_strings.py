"""Texts of the libraries that have no Swedish or no Finnish in the libraries' own catalogues.

Marking them here puts them into ours, which Django prefers to a library's. A test compares the
list with what the installed libraries lack, so that an upgrade neither adds an English text to the
admin nor leaves a line here that has become needless.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

DJANGO_ADMIN = (
    _("Add link"),
    _("After you’ve created a user, you’ll be able to edit more user options."),
    _("Change or view list link"),
    _("Error:"),
    _("Forgotten your login credentials?"),
    _("In case you’ve forgotten, you are:"),
    _("Model name"),
)

DJANGO_PASSWORDS = (
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)

DJANGO_FORMS = (_("%(model)s instance with %(field)s %(value)r is not a valid choice."),)
