"""After SECRET_KEY has changed: second factors go on working, without the former key too."""

from io import StringIO

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command

from tests.factories import make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


def factors(settings) -> list[str]:
    """The recovery codes of a user who also has an app, made under a former key."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the-former-key", []
    user = make_user()
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).get_unused_codes()


def opened() -> tuple[str, list[str]]:
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    return get_adapter().decrypt(app.data["secret"]), RecoveryCodes(codes).get_unused_codes()


def test_former_key_opens_them_until_they_are_closed_anew(settings) -> None:
    codes = factors(settings)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "todays-key", ["the-former-key"]
    assert opened() == (SECRET, codes)
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        opened()
    settings.SECRET_KEY_FALLBACKS = ["the-former-key"]
    said = StringIO()
    call_command("reencrypt_factors", stdout=said)
    assert said.getvalue() == "2 second factors closed anew.\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert opened() == (SECRET, codes)


def test_factor_that_no_key_opens_is_named(settings) -> None:
    factors(settings)
    settings.SECRET_KEY = "todays-key"
    told = StringIO()
    with pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        call_command("reencrypt_factors", stdout=StringIO(), stderr=told)
    assert "No key opens the totp of the user" in told.getvalue()
