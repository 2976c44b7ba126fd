"""What is written to the tables of this app leaves a history (see foundation/history/recording.py)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_initial"),
        ("municipalities", "0002_tell_search"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="municipality",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['name', 'slug']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="5269519ce26fac75633aab92358975293fe568db",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_c423c",
                    table="municipalities_municipality",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="region",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['name']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="003971bf47daf3db68f3bdd633a9496a0a5cc846",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_b63c1",
                    table="municipalities_region",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="regionalactor",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['name', 'slug', 'website']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="d670b314a6ef705b98519ca5a4a4fdaf5700dfe1",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_dc8b2",
                    table="municipalities_regionalactor",
                    when="AFTER",
                ),
            ),
        ),
    ]
