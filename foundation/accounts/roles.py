"""The roles of staff, in words; what each may do is decided where everything is known."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What somebody is on the staff; the value is the name of the group."""

    EDITOR = "editor", pgettext_lazy("role", "Editor")
    TRANSLATOR_TO_SWEDISH = "translator-sv", _("Translator to Swedish")
    TRANSLATOR_TO_FINNISH = "translator-fi", _("Translator to Finnish")
    PUBLISHER = "publisher", pgettext_lazy("role", "Publisher")
    ADMINISTRATOR = "administrator", _("Administrator")
    MUNICIPAL_EDITOR = "municipal-editor", _("Municipality’s editor")


ABOUT = {
    Role.EDITOR: _("Writes content of all kinds and uploads files. Does not publish or delete."),
    Role.TRANSLATOR_TO_SWEDISH: _("Writes the Swedish texts of everything, and nothing else."),
    Role.TRANSLATOR_TO_FINNISH: _("Writes the Finnish texts of everything, and nothing else."),
    Role.PUBLISHER: _(
        "Does what editors do, publishes, takes down and deletes, answers feedback and makes "
        "redirects."
    ),
    Role.ADMINISTRATOR: _("Does everything, also hands out roles and takes tables in and out."),
    Role.MUNICIPAL_EDITOR: _(
        "Writes what belongs to the municipality or regional actor that the person is a member "
        "for, as long as the membership holds. Does not publish."
    ),
}


def is_role(group: Group) -> bool:
    """True for a group whose rights the portal decides."""
    return group.name in Role.values


def named(group: Group) -> Any:
    """The name of a group as people read it."""
    return Role(group.name).label if is_role(group) else group.name


class RolesField(forms.ModelMultipleChoiceField):
    """The groups of a user to tick: the roles first, each with what it means."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        order = [When(name=role.value, then=Value(place)) for place, role in enumerate(Role)]
        last = Value(len(order))
        groups = Group.objects.annotate(
            place=Case(*order, default=last, output_field=IntegerField())
        )
        super().__init__(
            groups.order_by("place", "name"),
            label=_("Roles"),
            required=False,
            help_text=_("Several roles add up: the person may do what any of them may."),
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> SafeString | str:
        if not is_role(obj):
            return obj.name
        role = Role(obj.name)
        return format_html("<strong>{}</strong> – {}", role.label, ABOUT[role])
