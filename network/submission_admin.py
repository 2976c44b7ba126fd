"""Looking through what members send in: taken up, or returned to them with a comment."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.content.addresses import absolute
from foundation.content.templatetags.content import day
from foundation.content.templatetags.content import text as marked_text
from foundation.editing.content_admin import tag
from foundation.editing.edit_conflicts import EditForm
from foundation.editing.editing_admin import EditingAdmin
from network.models import Submission
from network.submission_letters import tell_returned

_TAGS = {"draft": "draft", "sent": "overdue", "taken_up": "scheduled", "returned": "withdrawn"}


class SentByMember(admin.SimpleListFilter):
    """Lists content that members of the network have sent in."""

    title = _("from whom")
    parameter_name = "from"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("members", _("From members of the network"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "members":
            return queryset
        return queryset.filter(submissions__isnull=False)


class SubmissionForm(EditForm):
    """What staff do with a draft: they take it up, or return it."""

    class Meta:
        model = Submission
        fields = ("state", "comment")
        widgets = {"state": forms.RadioSelect, "comment": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("state")
        if field:  # whoever may only look has none
            kept = {self.instance.state, *(Submission.State.TAKEN_UP, Submission.State.RETURNED)}
            field.choices = [(key, name) for key, name in Submission.State.choices if key in kept]


class SubmissionAdmin(EditingAdmin):
    """Drafts of members: read and published in the form of the good practice or material itself."""

    form = SubmissionForm
    list_display = ("what", "kind", "state_shown", "sender", "language", "sent")
    list_filter = ("state", "language")
    list_select_related = (
        *("practice", "material"),
        *("membership__user", "membership__municipality", "membership__regional_actor"),
    )
    fields = (("item_shown", "kind"), ("sender", "language", "sent"), "state", "comment")
    readonly_fields = ("item_shown", "kind", "sender", "language", "sent")
    search_fields = (
        *("practice__title_sv", "practice__title_fi"),
        *("material__title_sv", "material__title_fi"),
        "membership__user__email",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """What a member still writes is nobody else's."""
        return super().get_queryset(request).exclude(state=Submission.State.DRAFT)

    def save_model(self, request: HttpRequest, obj: Submission, form: Any, change: bool) -> None:
        obj.handled_by_id = request.user.pk
        super().save_model(request, obj, form, change)
        if "state" in form.changed_data and obj.state == Submission.State.RETURNED:
            request.returned = obj

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; mail leaves when what it tells of has been stored."""
        response = super().changeform_view(request, *args, **kwargs)
        returned = getattr(request, "returned", None)
        if returned and not tell_returned(returned, partial(absolute, request)):
            told = gettext(
                "The member could not be told by mail. The comment stands on the member's own page."
            )
            messages.warning(request, told)
        return response

    @admin.display(description=_("What"))
    def what(self, submission: Submission) -> SafeString:
        return marked_text(submission.item, "title")

    @admin.display(description=_("Read and edit"))
    def item_shown(self, submission: Submission) -> SafeString:
        item = submission.item
        name = f"admin:{item._meta.app_label}_{item._meta.model_name}_change"
        return format_html(
            '<a href="{}">{}</a>', reverse(name, args=[item.pk]), marked_text(item, "title")
        )

    @admin.display(description=_("Kind"))
    def kind(self, submission: Submission) -> str:
        return submission.kind

    @admin.display(description=_("State"), ordering="state")
    def state_shown(self, submission: Submission) -> SafeString:
        if submission.is_published:
            return tag(_("Published"), "published")
        return tag(submission.get_state_display(), _TAGS[submission.state])

    @admin.display(description=_("Sender"))
    def sender(self, submission: Submission) -> SafeString | str:
        membership = submission.membership
        if membership is None:
            return gettext("somebody who is no member any more")
        party = marked_text(membership.party, "name")
        return format_html("{}, {}", membership.user, party)

    @admin.display(description=_("Sent"), ordering="sent_at")
    def sent(self, submission: Submission) -> Any:
        return day(submission.sent_at)
