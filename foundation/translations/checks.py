"""System checks of the site."""

from typing import Any

from django.core.checks import Error, register

from foundation.translations.catalogues import stale_catalogues


@register()
def catalogues_are_compiled(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse to run with catalogues that lag behind: English must never show to a reader."""
    return [
        Error(
            f"The catalogue {path.parent.parent.name} is not compiled.",
            hint="Run `python3 run.py catalogues compile`.",
            id="portal.E001",
        )
        for path in stale_catalogues()
    ]
