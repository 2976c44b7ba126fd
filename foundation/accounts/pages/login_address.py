"""Log-in links as whole addresses."""

import os

from django.conf import settings

from foundation.accounts.log_in_links import make_login_link
from foundation.accounts.models import User
from foundation.content.addresses import address


def login_address(user: User) -> str:
    """The whole address of a new log-in link, in the user's language."""
    path = address("login_link", user.language, key=make_login_link(user))
    local_address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    return f"{settings.SITE_URL or local_address}{path}"
