"""System checks of log-in."""

from typing import Any

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def codes_can_be_mailed(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """Warn where nobody could log in by a code."""
    if settings.EMAIL_BACKEND != "django.core.mail.backends.dummy.EmailBackend":
        return []
    return [
        Warning(
            "No code for logging in can be mailed.",
            hint="Set the environment variable EMAIL_URL.",
            id="accounts.W001",
        )
    ]
