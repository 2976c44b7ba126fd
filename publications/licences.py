"""Licences of materials: what a reader may do, in plain words."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """What one may do with a material."""

    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"
    OWN_USE = "own-use", _("For municipalities' own use")
    ELSEWHERE = "elsewhere", _("Terms of the linked site")


def meaning(licence: str) -> str:
    """What the licence allows, in one plain sentence in the reader's language."""
    return {
        Licence.CC_BY: gettext(
            "You may copy, share and adapt the material, also in your own slides, "
            "if you name its maker and the licence."
        ),
        Licence.CC_BY_SA: gettext(
            "You may copy, share and adapt the material if you name its maker and give what you "
            "make from it the same licence."
        ),
        Licence.CC0: gettext("You may use the material freely, without asking or naming anyone."),
        Licence.OWN_USE: gettext(
            "Municipalities may show, copy and adapt the material in their own work. "
            "Other use needs permission."
        ),
        Licence.ELSEWHERE: gettext("The terms of the site that the link leads to apply."),
    }[Licence(licence)]


DEEDS = {
    "sv": {
        Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.sv",
        Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.sv",
        Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/deed.sv",
    },
    "fi": {
        Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.fi",
        Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.fi",
        Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/deed.fi",
    },
}


def deed(licence: str, language: str) -> str:
    """Address of the licence's own plain-language page; empty when it has none."""
    return DEEDS[language].get(Licence(licence), "")
