"""The forms of log-in, with our words."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
    SetPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByFactorForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.accounts.models import User

ADDRESS_IN_FULL = _("Write the address in full, for example name@example.fi.")


def _say(field: forms.Field, label: Any, missing: Any, help_text: Any = "", **more: str) -> None:
    """Give a field of the library our words; a placeholder is no label."""
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(more)


def _say_address(field: forms.Field, **more: str) -> None:
    _say(field, _("E-mail address"), ADDRESS_IN_FULL, **more)
    field.error_messages["invalid"] = ADDRESS_IN_FULL
    for validator in field.validators:
        if hasattr(validator, "message"):
            validator.message = ADDRESS_IN_FULL


def _say_code(field: forms.Field, help_text: Any) -> None:
    _say(
        field,
        pgettext_lazy("log-in", "Code"),
        _("Write the code."),
        help_text,
        autocomplete="one-time-code",
    )
    field.widget.attrs.update({"autocapitalize": "characters", "spellcheck": "false"})


class CodeRequestForm(RequestLoginCodeForm):
    """The address to which a code is to be sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_address(self.fields["email"], autocomplete="email webauthn")

    def clean_email(self) -> str:
        """Find the user however the letters of the address are capitalised."""
        email = super().clean_email()
        self._user = User.objects.filter(email__iexact=email, is_active=True).first()
        return email


class CodeForm(ConfirmLoginCodeForm):
    """The code that came by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self.fields["code"], _("It is in the message and works for a few minutes."))


class PasswordLoginForm(LoginForm):
    """Address and password, for those who have set one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_address(self.fields["login"], autocomplete="username")
        _say(
            self.fields["password"],
            _("Password"),
            _("Write the password."),
            autocomplete="current-password",
        )


class ConfirmByPasswordForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Password"), _("Write the password."))


class SecondFactorForm(AuthenticateForm):
    """A code from the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(
            self.fields["code"],
            _("Six digits from your authenticator app, or one of your recovery codes."),
        )


class ConfirmByFactorForm(ReauthenticateByFactorForm):
    """A code from the app, or a recovery code, once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(
            self.fields["code"],
            _("Six digits from your authenticator app, or one of your recovery codes."),
        )


class AppForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self.fields["code"], _("The six digits that the app now shows."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasskeyForm(AddWebAuthnForm):
    """A new passkey; always one that logs in by itself, because that is what a passkey is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The library's script reads the tick, so it stays one, out of sight.
        self.fields["passwordless"].initial = True
        _say(
            self.fields["name"],
            _("Name of the passkey"),
            _("Give the passkey a name."),
            _("So that you recognise it, for example “Work phone”."),
        )
        self.fields["name"].max_length = 100


class PasskeyNameForm(EditWebAuthnForm):
    """The name of a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Name of the passkey"), _("Give the passkey a name."))


class NewPasswordForm(ChangePasswordForm):
    """The password of now, and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Password now"), _("Write the password you have now."))
        _say_new_passwords(self.fields)


class FirstPasswordForm(SetPasswordForm):
    """A password for somebody who has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_new_passwords(self.fields)


def _say_new_passwords(fields: dict[str, forms.Field]) -> None:
    missing = _("Write the new password in both places.")
    _say(fields["password1"], _("New password"), missing, _("At least twelve characters."))
    _say(fields["password2"], _("New password again"), missing)
    for name in ("password1", "password2"):
        fields[name].widget.attrs["autocomplete"] = "new-password"
