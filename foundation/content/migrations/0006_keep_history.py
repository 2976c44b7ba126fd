"""What is written to the tables of this app leaves a history (see foundation/history/recording.py)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_initial"),
        ("content", "0005_tell_search"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="changenote",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['object_id=']::text[], ARRAY['note']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="cb5f3a8cbbc1604bfd56944b35fcb4eeb33be891",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_90434",
                    table="content_changenote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="image",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['alt']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="55300b24b4c074d0caeb38b4cabce66e4d086511",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_06bda",
                    table="content_image",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="languagestate",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['object_id=']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="b1d2cb6c67fd45f0eadea3b15167ce6bfe3ae868",
                    operation="DELETE",
                    pgid="pgtrigger_keep_history_c59bd",
                    table="content_languagestate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="term",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['avoid', 'definition', 'synonyms', 'term']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="e4be995499b78be013845be469a1299a5a4786de",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_245f6",
                    table="content_term",
                    when="AFTER",
                ),
            ),
        ),
    ]
