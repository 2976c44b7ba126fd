"""Mail to people of ours: plain text, in the language of who reads it."""

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import override

logger = logging.getLogger(__name__)


def is_mail_set_up() -> bool:
    """False where the portal has no mail server: nothing it sends arrives."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def send_letter(user: Any, written: Callable[[], tuple[str, list[str]]]) -> bool:
    """Mail a subject and paragraphs, written in the user's language; False when it did not leave.

    What is told is stored by then: a mail server that does not answer loses nothing.
    """
    if not is_mail_set_up():
        return False
    with override(user.language):
        subject, paragraphs = written()
    message = EmailMessage(
        subject=" ".join(subject.split()), body="\n\n".join(paragraphs) + "\n", to=[user.email]
    )
    message.extra_headers["Content-Language"] = user.language
    try:
        return bool(message.send())
    except (OSError, SMTPException) as error:
        logger.warning("A letter to user %s was not sent: %s", user.pk, error)
        return False
