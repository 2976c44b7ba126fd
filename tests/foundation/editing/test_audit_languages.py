"""The nightly audit finds what the database should have made impossible."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from foundation.content.models import LanguageState
from foundation.editing.worklist import outstanding
from projects.models import Theme
from tests.factories import make_story, make_theme

pytestmark = pytest.mark.django_db


def audit(**options):
    out = StringIO()
    call_command("audit_languages", stdout=out, **options)
    return out.getvalue()


def without_triggers(sql, *parameters):
    """Write as a restore does that leaves triggers and constraints out."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, parameters)
        cursor.execute("SET session_replication_role = origin")


def test_audit_of_a_sound_portal_finds_nothing():
    make_story()
    make_theme(pairing="fi", pairing_reason="Vain suomeksi", title_sv=None, lead_sv=None)
    assert "complete" in audit()


def test_audit_names_what_is_public_but_incomplete():
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE publications_story DROP CONSTRAINT story_published_is_complete_or_declared"
        )
    story = make_story()
    type(story).objects.filter(pk=story.pk).update(lead_fi=None)
    out = StringIO()
    with pytest.raises(CommandError, match="1 breaches"):
        call_command("audit_languages", stdout=out)
    assert "no lead in fi" in out.getvalue()


def test_audit_finds_and_repairs_states_that_a_restore_left_behind():
    theme = make_theme()
    other = make_theme()
    LanguageState.objects.filter(object_id=theme.pk, kind="projects_theme").delete()
    without_triggers("UPDATE projects_theme SET body_fi = NULL WHERE id = %s", other.pk)
    with pytest.raises(CommandError):
        audit()
    assert "repaired" in audit(repair=True)
    assert "complete" in audit()
    assert [(s.object_id, s.field) for s in outstanding("fi")] == [(other.pk, "body")]


def test_repair_keeps_what_was_outstanding():
    theme = make_theme()
    Theme.objects.filter(pk=theme.pk).update(title_sv="En annan rubrik")
    LanguageState.objects.filter(field="lead").delete()
    audit(repair=True)
    assert [state.field for state in outstanding("fi")] == ["title"]


def test_repair_forgets_states_of_what_is_gone():
    theme = make_theme()
    without_triggers("DELETE FROM projects_theme WHERE id = %s", theme.pk)
    audit(repair=True)
    assert not LanguageState.objects.filter(kind="projects_theme").exists()
