"""System checks: a content model without its languages does not start the portal."""

from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps

from foundation.content.checks import bilingual_models_are_registered
from foundation.content.models import Bilingual, Content


def test_every_bilingual_model_has_translation_options() -> None:
    assert bilingual_models_are_registered(None) == []


def test_bilingual_model_without_translation_options_is_refused(monkeypatch) -> None:
    with isolate_apps("projects"):

        class Forgotten(Bilingual):
            title = models.CharField(max_length=10)

            class Meta:
                app_label = "projects"

    found = apps.get_models()
    monkeypatch.setattr(apps, "get_models", lambda: [*found, Forgotten])
    (error,) = bilingual_models_are_registered(None)
    assert error.id == "content.E001"
    assert "projects.Forgotten" in error.msg
    assert "projects/translation.py" in str(error.hint)


def test_content_model_is_bilingual() -> None:
    assert issubclass(Content, Bilingual)


def test_django_finds_nothing_to_complain_about(capsys) -> None:
    call_command("check", fail_level="WARNING")
    assert "no issues" in capsys.readouterr().out
