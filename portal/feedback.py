"""The feedback form: what a reader writes is stored first, and mailed where mail is set up."""

import logging
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from foundation.content.filters import cleaned
from foundation.content.readers_form import ReadersForm, mail_on, path_here
from portal.models import Feedback

logger = logging.getLogger(__name__)


def page_before(request: HttpRequest) -> str:
    """The page of this site that the reader comes from, "" when there is none."""
    return path_here(request, request.headers.get("Referer", "")) or ""


class FeedbackForm(ReadersForm, forms.ModelForm):
    """What a reader writes to us; only the message and its subject are needed."""

    purpose = "feedback"

    # No reader types it, so whatever is wrong with it must not stop a message.
    about = forms.Field(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Feedback
        fields = ("subject", "message", "name", "email", "about")
        widgets = {"message": forms.Textarea(attrs={"rows": 8})}
        labels = {
            "subject": _("What is it about?"),
            "message": _("Your message"),
            "name": _("Your name"),
            "email": _("Your e-mail address"),
        }
        help_texts = {
            "message": _("At most 5 000 characters."),
            "email": _("Only if you want an answer. We use it for nothing else."),
        }
        error_messages = {
            "message": {"required": _("Write your message.")},
            "email": {"invalid": _("Write the address in full, for example name@example.fi.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["subject"] = forms.ChoiceField(
            label=self.fields["subject"].label,
            choices=Feedback.Subject.choices,
            widget=forms.RadioSelect,
            initial=Feedback.Subject.CONTENT,
            error_messages={"required": _("Choose what it is about.")},
        )
        self.order_fields(["subject", "message", "name", "email"])

    def clean_about(self) -> str:
        """Keep only a path of this site."""
        about = cleaned(self.cleaned_data["about"] or "")
        return about if about.startswith(("/sv/", "/fi/")) else ""


def store(form: FeedbackForm, language: str) -> Feedback:
    """Store a valid form's message and mail it to those who answer, where mail is set up.

    A mail server that does not answer loses nothing: the message is stored first.
    """
    feedback = form.save(commit=False)
    feedback.language = language
    feedback.save()
    with override("sv"):
        subject = gettext("Feedback from the portal, to be answered by %(day)s") % {
            "day": feedback.answer_by.isoformat()
        }
        body = (
            f"{feedback.get_subject_display()}\n\n{feedback.message}\n\n"
            f"{feedback.name} {feedback.email}\n{feedback.about}"
        )
    if not mail_on(subject, body, feedback.email):
        logger.warning("Feedback %s is stored, but could not be mailed", feedback.pk)
    return feedback
