"""What is sent to the admin is one transaction: signed by its sender, and held to every rule."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext

from foundation.content.agreement import EVERY_FIELD, writing

logger = logging.getLogger(__name__)


def check_rules_now() -> None:
    """Let rules that wait for the commit speak before success is reported."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # What is written after this may break them for a moment as well.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def in_one_transaction(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view of the admin that writes in one transaction, or says why the database refuses.

    Forms check every rule first; what is left are two people who save at the same instant, and
    deletions that a rule of another item forbids.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        # The two ticks of a form say what the change means for the other language.
        agreeing = [EVERY_FIELD] if "languages_agree" in request.POST else []
        is_small = "small_change" in request.POST
        try:
            with writing(author=request.user.pk, agreeing=agreeing, small_change=is_small):
                response = view(request, *args, **kwargs)
                check_rules_now()
                return response
        except IntegrityError as error:
            logger.warning("The database refused %s: %s", request.path, error)
            for _success in messages.get_messages(request):
                pass  # What has been taken back is not to be reported.
            messages.error(
                request,
                gettext(
                    "Nothing was changed. Another item needs this one as it is, or a colleague "
                    "changed something at the same moment. Look at it again, then try once more."
                ),
            )
            return HttpResponseRedirect(request.get_full_path())

    return wrapped
