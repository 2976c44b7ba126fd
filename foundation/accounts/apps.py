from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The people who log in."""

    name = "foundation.accounts"
    verbose_name = _("Users")

    def ready(self) -> None:
        from foundation.accounts import audit, checks  # noqa: F401  (register themselves)
