"""Numbers that publications are known by in the world: ISBN and DOI."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A registrant's prefix and the name it has given; such are nearly all DOIs in use (Crossref).
DOI = r"^10\.[0-9]{4,9}/[^[:space:]]+$"
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")


def validate_isbn(value: str) -> None:
    """Refuse an ISBN whose check digit shows a slip of the pen (ISO 2108); ISBN-10 counts too."""
    digits = value.replace("-", "").replace(" ", "").upper()
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
        is_right = total % 10 == 0
    elif re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        is_right = sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    else:
        raise ValidationError(_("Write a whole ISBN."))
    if not is_right:
        raise ValidationError(_("A digit of the ISBN is wrong: its check digit does not fit."))


def validate_doi(value: str) -> None:
    """Refuse what is no DOI, such as its whole address (ISO 26324)."""
    if not _DOI.fullmatch(value):
        raise ValidationError(_("Write the DOI as 10.1000/182, without an address."))
