"""What is written to the tables of this app leaves a history (see foundation/history/recording.py)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_initial"),
        ("publications", "0009_easy_language"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="actionproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['publication_id=publications_publication']::text[], ARRAY['proposal', 'title']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="ca8ab0430d47da58306b9ca4c90515ac12c7c1ff",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_95969",
                    table="publications_actionproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adoption",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['practice_id=publications_practice']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="2931655a3b830429e93fd88cf64893c04c7cb41d",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_43f3a",
                    table="publications_adoption",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="authorship",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['publication_id=publications_publication']::text[], ARRAY['affiliation']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="304b4fd71c27581f3cad80f55b37fb6f2ae5d456",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_c9892",
                    table="publications_authorship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="downloadday",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['file_id=publications_materialfile']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="70ad95f080dc3cf1a57a67683c3866ecebe70930",
                    operation="DELETE",
                    pgid="pgtrigger_keep_history_e824a",
                    table="publications_downloadday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figure",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['story_id=publications_story', 'publication_id=publications_publication']::text[], ARRAY['caption', 'long_description']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="dba23e3bb5634f070b92c0d294d7858ba57b388d",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_93892",
                    table="publications_figure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="material",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['attribution', 'audience', 'body', 'lead', 'link', 'slug', 'title', 'transcript', 'updated_at', 'version', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="653518044d6af198a2b06f4c20ae195ffb0bc768",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_21c2f",
                    table="publications_material",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="materialfile",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['material_id=publications_material']::text[], ARRAY['crc32', 'page_pictures', 'reading_problem', 'reading_state']::text[], ARRAY['reading_text', 'pages', 'seconds']::text[]); RETURN NULL;",
                    hash="5b51f258a9cf15efe082e6ddff212975216c7a80",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_852a7",
                    table="publications_materialfile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="practice",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'how', 'idea', 'lead', 'need', 'requirements', 'results', 'slug', 'title', 'updated_at', 'version', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="abf95dc403d9dd0d02bd812af37878574f3da5dc",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_a38a0",
                    table="publications_practice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="practicetaskarea",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['practice_id=publications_practice', 'taskarea_id=publications_taskarea']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="943142cb5c0914c7bb399d3f44bfcbacab458a2b",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_260a9",
                    table="publications_practice_task_areas",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'key_findings', 'lead', 'place', 'slug', 'title', 'updated_at', 'version', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="9be3d029ec2605e42f123e9b1fc84e25387142da",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_18544",
                    table="publications_publication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publicationcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['publication_id=publications_publication', 'contact_id=projects_contact']::text[], ARRAY['role']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="b56098a1db89744abaeb46bcf019721e7cd88016",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_01248",
                    table="publications_publicationcontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publicationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['publication_id=publications_publication']::text[], ARRAY['event', 'when']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="ce4c08743bda225ca73373b18923800bfa9d224b",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_e7939",
                    table="publications_publicationevent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reflectionquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['publication_id=publications_publication']::text[], ARRAY['question']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="04af45a8ce72b6c3473abbeebabbd0c330816687",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_f63e4",
                    table="publications_reflectionquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="story",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'kicker', 'lead', 'slug', 'source', 'title', 'updated_at', 'version', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="444d8e08e17f524fdc5b437336cf822537768d76",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_1e8be",
                    table="publications_story",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storymunicipality",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['story_id=publications_story', 'municipality_id=municipalities_municipality']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="200004af42c67ae375f5f3fd880a5308c94e9cb2",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_a71eb",
                    table="publications_story_municipalities",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taskarea",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['name', 'slug']::text[], ARRAY[]::text[]); RETURN NULL;",
                    hash="11a350d32acfedc5d7b0912019e58bc87df76f71",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_keep_history_98ea5",
                    table="publications_taskarea",
                    when="AFTER",
                ),
            ),
        ),
    ]
