"""How we want django-allauth to behave: closed to strangers, and speaking both languages."""

import base64
import hashlib
import logging
from smtplib import SMTPException
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from foundation.accounts.devices import device
from foundation.accounts.models import User
from foundation.accounts.second_factor import (
    LOGIN_LINK,
    authenticated_recently,
    has_second_factor,
)

logger = logging.getLogger(__name__)


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, but where a log-in link of the server's own shell was used."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        return not any(record["method"] == LOGIN_LINK for record in records) and (
            super()._should_handle(request)
        )


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by staff only; mail is in the language of whom it is for."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("The address and the password do not go together."),
        "enter_current_password": _("Write the password you have now."),
        "incorrect_code": _("That is not the right code. Check it and try again."),
        "incorrect_password": _("That is not the right password."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes and try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        our_stage = f"{SecondFactorStage.__module__}.{SecondFactorStage.__qualname__}"
        standard = "allauth.mfa.stages.AuthenticateStage"
        return [our_stage if stage == standard else stage for stage in super().get_login_stages()]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The admin for staff, for others the page that the setting LOGIN_REDIRECT_URL names."""
        if request.user.is_staff:
            return reverse("admin:index")
        with translation.override(cast(User, request.user).language):
            return super().get_login_redirect_url(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not authenticated_recently(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """A second factor where there is one; else the password or a code by e-mail."""
        methods = super().get_reauthentication_methods(user)
        if not user.is_authenticated:
            return methods
        if has_second_factor(user):
            return [method for method in methods if method["id"] != "reauthenticate"]
        by_code = {
            "id": "confirm_by_code",
            "description": gettext("Get a code by e-mail"),
            "url": reverse("confirm_by_code"),
        }
        return [by_code, *methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it, or say that it could not be sent: to a stranger just as to a user."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("Mail about an account could not be sent")
            text = gettext("The mail could not be sent just now. Try again in a while.")
            self.add_message(self.request, messages.ERROR, message=text)

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Plain text, in the language of the user whose address it is."""
        user = User.objects.filter(email__iexact=email).first()
        language = user.language if user else translation.get_language() or "sv"
        with translation.override(language):
            context = {**context, "device": device(context.get("user_agent", ""))}
            subject = render_to_string(f"{template_prefix}_subject.txt", context)
            body = render_to_string(f"{template_prefix}_message.txt", context, self.request)
        return EmailMessage(
            " ".join(subject.split()), body.strip() + "\n", self.get_from_email(), [email]
        )

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def reauthenticate(self, user: Any, password: str) -> bool:
        authenticated = self.authenticate(self.request, email=user.email, password=password)
        return authenticated is not None and authenticated.pk == user.pk

    def is_login_by_code_required(self, login: Login) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are kept encrypted; keys are named in both languages."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def _get_site_name(self) -> str:
        return gettext("The municipality as promoter of welfare")

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return pgettext("passkey", "Key %(number)s") % {"number": count + 1}

    def build_totp_svg(self, url: str) -> str:
        """The QR code as part of the page: a picture in a data: address would break our CSP."""
        return mark_safe(super().build_totp_svg(url).partition("?>")[2])  # noqa: S308

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """A cipher under a key made of SECRET_KEY, which still opens what older keys have closed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"foundation.accounts:" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
