"""Inviting people of municipalities and regional actors, prolonging and ending their membership."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.content import languages
from foundation.content.addresses import absolute
from foundation.content.templatetags.content import day
from foundation.content.templatetags.content import text as marked_text
from foundation.editing.content_admin import tag
from foundation.editing.edit_conflicts import EditForm
from foundation.editing.editing_admin import EditingAdmin
from foundation.editing.form_fields import both
from network.letters import invite, tell_of_new_end
from network.models import Membership


def two_years_from(today: date) -> date:
    """The end that an invitation proposes: the last day of the year after the next."""
    return date(today.year + 2, 12, 31)


class InvitationForm(EditForm):
    """Who is invited, for whom, and until when."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation goes here, and the person logs in with it."),
    )
    first_name = forms.CharField(label=_("Given name"), max_length=150)
    last_name = forms.CharField(label=_("Family name"), max_length=150)
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    class Meta:
        model = Membership
        fields = ("municipality", "regional_actor", "valid_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_until", two_years_from(timezone.localdate()))

    def clean_email(self) -> str:
        """The address; refused when its user may not log in."""
        email = User.objects.normalize_email(self.cleaned_data["email"])
        known = User.objects.filter(email__iexact=email).first()
        if known and not known.is_active:
            raise ValidationError(
                _("The user with this address has been closed. An administrator can open it again.")
            )
        self.known = known
        return email

    def clean_valid_until(self) -> date:
        """The last day; refused when it has passed."""
        return _not_passed(self.cleaned_data["valid_until"])

    def _post_clean(self) -> None:
        # The rule of one membership for each user and party needs the user that is known.
        self.instance.user = getattr(self, "known", None) or User()
        super()._post_clean()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"user"} if getattr(self, "known", None) else excluded

    def make_user(self) -> User:
        """The user of the address: the one there is, else a new one without a password."""
        data = self.cleaned_data
        names = {name: data[name] for name in ("first_name", "last_name", "language")}
        return self.known or User.objects.create_user(data["email"], **names)


class ProlongationForm(EditForm):
    """Until when the membership is valid."""

    class Meta:
        model = Membership
        fields = ("valid_until",)

    def clean_valid_until(self) -> date:
        """The last day; one that has passed may stay, but none is chosen."""
        chosen = self.cleaned_data["valid_until"]
        return chosen if chosen == self.instance.valid_until else _not_passed(chosen)


def _not_passed(chosen: date) -> date:
    if chosen < timezone.localdate():
        raise ValidationError(_("Choose a day that has not passed yet."))
    return chosen


STATES = {
    "unsent": _("Invitation not sent"),
    "invited": _("Invited"),
    "member": _("Has logged in"),
    "expired": _("Ended"),
}
_TAGS = {"unsent": "overdue", "invited": "scheduled", "member": "published", "expired": "withdrawn"}


def state_of(membership: Membership) -> str:
    """The key of what is to be said of a membership, as in the filter of the list."""
    if not membership.is_current:
        return "expired"
    if membership.user.last_login or membership.visited_at:
        return "member"
    return "invited" if membership.invitation_sent_at else "unsent"


class MembershipFilter(admin.SimpleListFilter):
    """Lists members by how far they have come."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        current = Membership.objects.current().values("pk")
        if self.value() == "expired":
            return queryset.exclude(pk__in=current)
        if self.value() not in STATES:
            return queryset
        queryset = queryset.filter(pk__in=current)
        never = {"user__last_login__isnull": True, "visited_at__isnull": True}
        if self.value() == "member":
            return queryset.exclude(**never)
        return queryset.filter(**never, invitation_sent_at__isnull=self.value() == "unsent")


class MembershipAdmin(EditingAdmin):
    """People of the network. Who is added is invited by mail; the list ends and invites again."""

    list_display = ("person", "party_shown", "state", "valid_until", "last_seen")
    list_filter = (MembershipFilter, "user__language")
    list_select_related = ("user", "municipality", "regional_actor")
    search_fields = (
        *("user__email", "user__first_name", "user__last_name"),
        *both("municipality__name"),
        *both("regional_actor__name"),
    )
    autocomplete_fields = ("municipality", "regional_actor")
    actions = ("invite_again", "end_now")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        # Django leaves out what is no field of the model; the form brings those itself.
        kwargs["fields"] = ("valid_until",) if obj else InvitationForm.Meta.fields
        return super().get_form(
            request, obj, change, form=ProlongationForm if obj else InvitationForm, **kwargs
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj:
            about = ("person", "party_shown", "state", "valid_until")
            past = (("invited_by", "invited_at"), "invitation_sent", "last_seen")
            return ((None, {"fields": about}), (_("What has happened"), {"fields": past}))
        who = (("first_name", "last_name"), "email", "language")
        return (
            (_("Person"), {"fields": who}),
            (_("From one of these"), {"fields": (("municipality", "regional_actor"),)}),
            (_("How long"), {"fields": ("valid_until",)}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if not obj:
            return ()
        return (
            *("person", "party_shown", "state", "invited_by", "invited_at"),
            *("invitation_sent", "last_seen"),
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "language": languages.current(),
            **super().get_changeform_initial_data(request),
        }

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        if not change:
            obj.user, obj.invited_by_id = form.make_user(), request.user.pk
            if form.known:
                told = gettext(
                    "%(user)s was known already: the name and language stay as they were."
                )
                messages.info(request, told % {"user": obj.user})
        super().save_model(request, obj, form, change)
        if not change or "valid_until" in form.changed_data:
            request.to_be_told = obj, invite if not change else tell_of_new_end

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; mail leaves when what it tells of has been stored."""
        response = super().changeform_view(request, *args, **kwargs)
        if told := getattr(request, "to_be_told", None):
            membership, letter = told
            self._tell(request, [membership], letter)
        return response

    def _tell(
        self, request: HttpRequest, memberships: list[Membership], letter: Callable[..., bool]
    ) -> None:
        """Mail, and say to whom it did not leave."""
        whole = partial(absolute, request)
        failed = [one.user.email for one in memberships if not letter(one, whole)]
        if failed:
            told = gettext(
                "The mail to %(addresses)s could not be sent. Everything is stored: send it again "
                "from the list of members."
            )
            messages.error(request, told % {"addresses": ", ".join(failed)})
        if sent := len(memberships) - len(failed):
            told = ngettext("%(number)s letter was sent.", "%(number)s letters were sent.", sent)
            messages.success(request, told % {"number": sent})

    @admin.action(description=_("Send the invitation again"), permissions=["change"])
    def invite_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Mail the invitation of those whose membership holds."""
        current = [one for one in queryset if one.is_current]
        if len(current) < len(queryset):
            told = gettext("Those whose membership has ended were left out: prolong it first.")
            messages.warning(request, told)
        self._tell(request, current, invite)

    @admin.action(description=_("End the membership now"), permissions=["change"])
    def end_now(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Shut the door: from the next page on the person is no member."""
        yesterday = timezone.localdate() - timedelta(days=1)
        current = [one for one in queryset if one.is_current]
        for membership in current:
            membership.valid_until = yesterday
            membership.save(update_fields=["valid_until"])
            self.log_change(request, membership, gettext("Ended"))
        count = len(current)
        told = ngettext("%(number)s membership ended.", "%(number)s memberships ended.", count)
        messages.success(request, told % {"number": count})

    @admin.display(description=_("Person"), ordering="user__last_name")
    def person(self, membership: Membership) -> str:
        name, email = membership.user.get_full_name(), membership.user.email
        return f"{name}, {email}" if name else email

    @admin.display(description=_("Municipality or regional actor"))
    def party_shown(self, membership: Membership) -> SafeString:
        return marked_text(membership.party, "name")

    @admin.display(description=_("State"))
    def state(self, membership: Membership) -> SafeString:
        key = state_of(membership)
        return tag(STATES[key], _TAGS[key])

    @admin.display(description=_("Last visit"), ordering="visited_at")
    def last_seen(self, membership: Membership) -> Any:
        return day(membership.visited_at) if membership.visited_at else "–"

    @admin.display(description=_("Invitation sent"))
    def invitation_sent(self, membership: Membership) -> Any:
        sent = membership.invitation_sent_at
        return day(sent) if sent else "–"
