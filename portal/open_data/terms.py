"""Whom those who use a data set should name, and on what terms it may be used."""

from django.utils.translation import gettext as _

from portal.open_data.data_set import DataSet


def credit(data_set: DataSet) -> str:
    """Whom to name."""
    if data_set.is_register:
        return _(
            "Names and codes: Statistics Finland. Points on the map: partly GeoNames (CC BY 4.0)."
        )
    return _("The portal “The municipality as promoter of welfare”.")


def terms(data_set: DataSet) -> str:
    """What one may do with it, as far as that is known."""
    if data_set.is_register:
        return _("The terms of the sources apply.")
    if data_set.key in ("materials", "material-files"):
        return _(
            "Each material states its own licence, which goes for its files. The licence of the "
            "texts about them has not been confirmed by the portal's owner yet."
        )
    return _("The licence of the texts has not been confirmed by the portal's owner yet.")
