"""The feedback form: stored first, mailed where mail is set up, and without a cookie.

A signed, expiring token in the form and the browser's Origin header stand in for Django's CSRF
cookie, which no reader is to be given.
"""

import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from portal.content.filters import cleaned
from portal.models import Feedback

logger = logging.getLogger(__name__)
_SIGNER = signing.TimestampSigner(salt="portal.feedback")
TOKEN_AGE = 12 * 3600  # seconds a form may lie open


def new_token() -> str:
    """A token that says when the form was handed out."""
    return _SIGNER.sign("feedback")


def is_from_our_page(request: HttpRequest) -> bool:
    """True when the browser says that the form was sent from this site.

    Origin is sent with every POST (Fetch standard, section 3.2); a browser that sends neither it
    nor Referer is let through on the token alone.
    """
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return not source or _path_here(request, source) is not None


def page_before(request: HttpRequest) -> str:
    """The page of this site that the reader comes from, "" when there is none."""
    return _path_here(request, request.headers.get("Referer", "")) or ""


def _path_here(request: HttpRequest, url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.path if parts.netloc == request.get_host() else None


class FeedbackForm(forms.ModelForm):
    """What a reader writes to us; only the message and its subject are needed."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    # No reader types it, so whatever is wrong with it must not stop a message.
    about = forms.Field(widget=forms.HiddenInput, required=False)
    # Hidden from people; programs that fill in every field give themselves away.
    website = forms.CharField(required=False)

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

    def clean(self) -> dict[str, Any]:
        """Refuse an expired form, and what a program has filled in."""
        data = super().clean() or {}
        try:
            _SIGNER.unsign(data.get("token", ""), max_age=TOKEN_AGE)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("The form had been open too long. Your text is still here: send it once more."),
                code="expired",
            ) from None
        if data.get("website"):
            raise forms.ValidationError(
                _("The message could not be sent. Leave the last field empty."), code="program"
            )
        return data


def store(form: FeedbackForm, language: str) -> Feedback:
    """Store a valid form's message and mail it to those who answer, where mail is set up.

    A mail server that does not answer loses nothing: the message is stored first.
    """
    feedback = form.save(commit=False)
    feedback.language = language
    feedback.save()
    if settings.FEEDBACK_TO:
        with override("sv"):
            message = EmailMessage(
                subject=gettext("Feedback from the portal, to be answered by %(day)s")
                % {"day": feedback.answer_by.isoformat()},
                body=f"{feedback.get_subject_display()}\n\n{feedback.message}\n\n"
                f"{feedback.name} {feedback.email}\n{feedback.about}",
                to=settings.FEEDBACK_TO,
                reply_to=[feedback.email] if feedback.email else None,
            )
        try:
            message.send()
        except (OSError, SMTPException):
            logger.warning("Feedback %s is stored, but could not be mailed", feedback.pk)
    return feedback
