"""Forms that readers send us: without a cookie, without a trap for people, and mailed on.

A signed, expiring token in the form and the browser's Origin header stand in for Django's CSRF
cookie, which no reader is to be given.
"""

import logging
from smtplib import SMTPException
from typing import Any, Self
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
TOKEN_AGE = 12 * 3600  # seconds a form may lie open


def is_from_our_page(request: HttpRequest) -> bool:
    """True when the browser says that the form was sent from this site.

    Origin is sent with every POST (Fetch standard, section 3.2); a browser that sends neither it
    nor Referer is let through on the token alone.
    """
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return not source or path_here(request, source) is not None


def path_here(request: HttpRequest, url: str) -> str | None:
    """The path of an address on this site; None for one elsewhere."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.path if parts.netloc == request.get_host() else None


class ReadersForm(forms.Form):
    """A form for anybody. Its `purpose` keeps the token of one form from opening another."""

    purpose = ""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    # Hidden from people; programs that fill in every field give themselves away.
    website = forms.CharField(required=False)

    @classmethod
    def new_token(cls) -> str:
        """A token that says when the form was handed out."""
        return cls._signer().sign(cls.purpose)

    @classmethod
    def _signer(cls) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"portal.{cls.purpose}")

    @classmethod
    def sent(cls, request: HttpRequest) -> Self:
        """The form as a reader has sent it. Where it must come back, what was typed stays.

        The token is renewed then, so that an expired form can be sent again.
        """
        form = cls(request.POST)
        if not is_from_our_page(request):
            form.add_error(None, _("The form was sent from another site. Send it from here."))
        if not form.is_valid():
            typed = request.POST.copy()
            typed["token"] = cls.new_token()
            form.data = typed
        return form

    def clean(self) -> dict[str, Any]:
        """Refuse an expired form, and what a program has filled in."""
        data = super().clean() or {}
        try:
            self._signer().unsign(data.get("token", ""), max_age=TOKEN_AGE)
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


def mail_on(subject: str, body: str, reply_to: str) -> bool:
    """Mail what a reader has sent to those who answer, where mail is set up.

    It is stored by then: a mail server that does not answer loses nothing. The answer is False
    when it could not be mailed.
    """
    if not settings.FEEDBACK_TO:
        return True
    message = EmailMessage(
        subject=subject,
        body=body,
        to=settings.FEEDBACK_TO,
        reply_to=[reply_to] if reply_to else None,
    )
    try:
        message.send()
    except (OSError, SMTPException):
        return False
    return True
