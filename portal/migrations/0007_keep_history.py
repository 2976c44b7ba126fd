"""What is written to the tables of this app leaves a history (see foundation/history/recording.py)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_initial"),
        ("portal", "0006_easy_language"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="redirect",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="409f2b15b273691f05b893010f82ea134a72337e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_1224a",
                    table="portal_redirect",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'lead', 'slug', 'title', 'updated_at', 'version', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="1107ed1ff691a35bd9b76a7b4f24c8521ca55c07",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_593ef",
                    table="portal_statement",
                    when="AFTER",
                ),
            ),
        ),
    ]
