"""Path words: ASCII, lower case, made from a title."""

import re

from django.core.validators import RegexValidator
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from foundation.content import languages

PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MAX_LENGTH = 120

validate_slug = RegexValidator(
    PATTERN, _("Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.")
)


def slug_from(title: str) -> str:
    """A slug for a title: å, ä become a, ö becomes o, other signs a hyphen.

    A colon inside a word stands for letters left out, so it leaves no gap: S:t Michel, st-michel.
    """
    words = re.sub(r"(?<=\w):(?=\w)", "", title)
    slug = slugify(re.sub(r"[/–—:_]", " ", words))[:MAX_LENGTH]
    return slug.strip("-")


def slug_constraints() -> list:
    """Constraints for each language: unique among the model's rows, and made of path words."""
    constraints: list = []
    for code in languages.CODES:
        column = f"slug_{code}"
        constraints.append(
            UniqueConstraint(
                fields=[column],
                name=f"%(class)s_{column}_is_its_own",
                violation_error_message=_("Another item already has this address."),
            )
        )
        constraints.append(
            CheckConstraint(
                condition=Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__regex": PATTERN}),
                name=f"%(class)s_{column}_is_path_words",
                violation_error_message=_(
                    "Use small letters a–z, digits and single hyphens in the address."
                ),
            )
        )
    return constraints
