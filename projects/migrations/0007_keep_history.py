"""What is written to the tables of this app leaves a history (see foundation/history/recording.py)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_initial"),
        ("projects", "0006_easy_language"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['responsibilities', 'title', 'unit']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="9be8470475e54ffaa24c316c37db73ff12f56a93",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_ac3bb",
                    table="projects_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['contact_id=projects_contact', 'project_id=projects_project', 'theme_id=projects_theme', 'workshop_id=projects_workshop', 'municipality_id=municipalities_municipality', 'regional_actor_id=municipalities_regionalactor']::text[], ARRAY['role']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="2c76b35be2c370a9d6bc5aa8f5348adc5c45dd97",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_65895",
                    table="projects_contactassignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['project_id=projects_project']::text[], ARRAY['goal']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="25ff09f1d04b58b5c23bebbe0f5e8bd6dd9b29de",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_b93a9",
                    table="projects_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['abbreviation', 'gloss', 'name', 'visiting_address', 'website']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="f4beca8f8d11dba70b0854a7d6d188d9dd839a0d",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_9978e",
                    table="projects_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['project_id=projects_project']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="67efe549269af9cbd86d3ccb5f54baffa2ba47ae",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_03f84",
                    table="projects_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'lead', 'slug', 'title', 'updated_at', 'version', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="7e211737481b73c1127ce05dbc6914bd66e28a1b",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_6c8b5",
                    table="projects_programme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmeparticipant",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['programme_id=projects_programme']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="c25bd80842c2a3650e06592f477598c09b1b5d39",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_a8ab2",
                    table="projects_programmeparticipant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'lead', 'slug', 'title', 'updated_at', 'version', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="8ab7a9cc72e407b46993823f97b303c6d747c63c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_d62f3",
                    table="projects_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectrole",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['project_id=projects_project']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="8309e9ab16a80eb8ed2827fd3e5de0095f04fb56",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_8da2b",
                    table="projects_projectrole",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="theme",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'lead', 'slug', 'title', 'updated_at', 'version', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="b8f2c2ee0b8a00234236bfd24308a8252b72eb7d",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_a8fff",
                    table="projects_theme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="themeperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['project_id=projects_project']::text[], ARRAY['summary']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="93affa1da7edc7ba052774834c2930c8bd87b05d",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_2b27c",
                    table="projects_themeperiod",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshop",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['audience', 'body', 'lead', 'outcome', 'place', 'programme', 'questions', 'slug', 'title', 'updated_at', 'version', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="ffb2560df0a4c183ac4398799d772fe6425960f5",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_261d0",
                    table="projects_workshop",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshopmunicipality",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['workshop_id=projects_workshop', 'municipality_id=municipalities_municipality']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="719ca36aa0715eb572d5d6df767e4360449baa70",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_ade0a",
                    table="projects_workshop_municipalities",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshopseries",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'lead', 'outcome', 'slug', 'title', 'updated_at', 'version', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="d35d9a63ca53323dfa04313a20801035217e6299",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_9fd4a",
                    table="projects_workshopseries",
                    when="AFTER",
                ),
            ),
        ),
    ]
