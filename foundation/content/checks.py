"""System checks: no content model may be silently monolingual."""

from typing import Any

from django.apps import apps
from django.core.checks import Error, register


@register()
def bilingual_models_are_registered(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse a bilingual model that `translation.py` has forgotten."""
    from modeltranslation.translator import translator

    from foundation.content.models import Bilingual

    registered = set(translator.get_registered_models(abstract=False))
    return [
        Error(
            f"{model._meta.label} is bilingual but has no translation options.",
            hint=f"Register it in {model._meta.app_label}/translation.py.",
            obj=model,
            id="content.E001",
        )
        for model in apps.get_models()
        if issubclass(model, Bilingual) and model not in registered
    ]
