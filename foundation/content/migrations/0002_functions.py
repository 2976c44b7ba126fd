"""The function that holds the two languages of every bilingual table against each other.

See `foundation/content/agreement.py` for what it is for, and its triggers in each app's migrations.
"""

from django.db import migrations

# The text of a value, for comparison: marks of formatting vanish, blocks become blanks, and the
# target of a link counts as text, because a new target is more than formatting. A blank is a blank,
# be it one that keeps two words on a line, which the sanitiser writes as an entity; a place where a
# word may be divided is none.
PLAIN_TEXT = r"""
CREATE OR REPLACE FUNCTION content_plain_text(value text, is_rich boolean) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
    SELECT btrim(regexp_replace(regexp_replace(
        CASE WHEN is_rich THEN
            replace(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(value, '<a\s[^>]*href="([^"]*)"[^>]*>', '[\1]', 'gi'),
                        '</?(strong|em|span|cite|a)(\s[^>]*)?>', '', 'gi'),
                    '<[^>]*>', ' ', 'g'),
                '&nbsp;', ' ')
        ELSE value END,
        '[\u00ad\u200b]', '', 'g'), '[\s\u00a0\u2007\u202f]+', ' ', 'g'))
$body$;
"""

COMPARE = """
CREATE OR REPLACE FUNCTION content_compare_languages(
    table_name text, old_row jsonb, new_row jsonb, fields text[], rich_fields text[]
) RETURNS void LANGUAGE plpgsql AS $body$
    <<me>>
    DECLARE
        field text;
        is_rich boolean;
        id_of_item bigint := coalesce(new_row, old_row)->>'id';
        sv text; fi text; old_sv text; old_fi text;
        state content_languagestate%ROWTYPE;
        is_known boolean;
        sv_changed boolean; fi_changed boolean;
        agreeing text := coalesce(current_setting('portal.agreeing', true), '');
        is_small boolean := coalesce(current_setting('portal.small_change', true), '') = 'yes';
        -- Who makes a small change, or puts a row back beside its kept state, changes no text.
        is_edit boolean := old_row IS NOT NULL AND NOT is_small;
        author bigint := nullif(current_setting('portal.author', true), '')::bigint;
    BEGIN
        IF new_row IS NULL THEN
            DELETE FROM content_languagestate s
            WHERE s.kind = table_name AND s.object_id = id_of_item;
            RETURN;
        END IF;
        FOREACH field IN ARRAY fields LOOP
            is_rich := field = ANY (rich_fields);
            sv := nullif(new_row->>(field || '_sv'), '');
            fi := nullif(new_row->>(field || '_fi'), '');
            old_sv := nullif(old_row->>(field || '_sv'), '');
            old_fi := nullif(old_row->>(field || '_fi'), '');
            CONTINUE WHEN sv IS NOT DISTINCT FROM old_sv AND fi IS NOT DISTINCT FROM old_fi
                AND old_row->>'pairing' IS NOT DISTINCT FROM new_row->>'pairing'
                AND agreeing = '';
            -- What has no letter in it, such as the empty paragraph of an editor, is no text.
            sv := CASE WHEN content_plain_text(sv, is_rich) <> '' THEN sv END;
            fi := CASE WHEN content_plain_text(fi, is_rich) <> '' THEN fi END;
            old_sv := CASE WHEN content_plain_text(old_sv, is_rich) <> '' THEN old_sv END;
            old_fi := CASE WHEN content_plain_text(old_fi, is_rich) <> '' THEN old_fi END;
            SELECT * INTO state FROM content_languagestate s
                WHERE s.kind = table_name AND s.object_id = id_of_item AND s.field = me.field;
            is_known := FOUND;
            IF NOT is_known AND old_sv IS NOT NULL AND old_fi IS NOT NULL THEN
                -- A row from before the comparison began: what stood there is taken as agreed.
                state.agreed_sv := old_sv;
                state.agreed_fi := old_fi;
                state.agreed_at := now();
            END IF;
            IF sv IS NULL AND fi IS NULL THEN
                DELETE FROM content_languagestate WHERE id = state.id;
                CONTINUE;
            END IF;
            IF sv IS NOT NULL AND fi IS NOT NULL AND (
                state.agreed_sv IS NULL
                OR agreeing = '*' OR field = ANY (string_to_array(agreeing, ','))
            ) THEN
                state.agreed_sv := sv;
                state.agreed_fi := fi;
                state.agreed_at := now();
                state.agreed_by_id := author;
                state.sv_changed_at := NULL; state.sv_changed_by_id := NULL;
                state.sv_revised_at := NULL;
                state.fi_changed_at := NULL; state.fi_changed_by_id := NULL;
                state.fi_revised_at := NULL;
            ELSE
                -- A small change is agreed on where no change for real has come before it.
                IF is_small AND state.agreed_sv IS NOT NULL THEN
                    IF sv IS NOT NULL AND coalesce(content_plain_text(old_sv, is_rich)
                            = content_plain_text(state.agreed_sv, is_rich), true) THEN
                        state.agreed_sv := sv;
                    END IF;
                    IF fi IS NOT NULL AND coalesce(content_plain_text(old_fi, is_rich)
                            = content_plain_text(state.agreed_fi, is_rich), true) THEN
                        state.agreed_fi := fi;
                    END IF;
                END IF;
                -- A side is ahead while its text is another than the one agreed on, or there is
                -- nothing on the other side yet.
                sv_changed := sv IS NOT NULL AND (fi IS NULL
                    OR content_plain_text(sv, is_rich)
                        <> content_plain_text(state.agreed_sv, is_rich));
                fi_changed := fi IS NOT NULL AND (sv IS NULL
                    OR content_plain_text(fi, is_rich)
                        <> content_plain_text(state.agreed_fi, is_rich));
                IF NOT sv_changed THEN
                    state.sv_changed_at := NULL; state.sv_changed_by_id := NULL;
                    state.sv_revised_at := NULL;
                ELSIF state.sv_changed_at IS NULL THEN
                    state.sv_changed_at := now(); state.sv_changed_by_id := author;
                    state.sv_revised_at := now();
                ELSIF is_edit AND content_plain_text(sv, is_rich)
                        IS DISTINCT FROM content_plain_text(old_sv, is_rich) THEN
                    state.sv_changed_by_id := author;
                    state.sv_revised_at := now();
                END IF;
                IF NOT fi_changed THEN
                    state.fi_changed_at := NULL; state.fi_changed_by_id := NULL;
                    state.fi_revised_at := NULL;
                ELSIF state.fi_changed_at IS NULL THEN
                    state.fi_changed_at := now(); state.fi_changed_by_id := author;
                    state.fi_revised_at := now();
                ELSIF is_edit AND content_plain_text(fi, is_rich)
                        IS DISTINCT FROM content_plain_text(old_fi, is_rich) THEN
                    state.fi_changed_by_id := author;
                    state.fi_revised_at := now();
                END IF;
            END IF;
            state.sv_is_filled := sv IS NOT NULL;
            state.fi_is_filled := fi IS NOT NULL;
            state.pairing := coalesce(new_row->>'pairing', 'both');
            IF is_known THEN
                UPDATE content_languagestate SET
                    pairing = state.pairing,
                    agreed_sv = state.agreed_sv, agreed_fi = state.agreed_fi,
                    agreed_at = state.agreed_at, agreed_by_id = state.agreed_by_id,
                    sv_is_filled = state.sv_is_filled, fi_is_filled = state.fi_is_filled,
                    sv_changed_at = state.sv_changed_at, fi_changed_at = state.fi_changed_at,
                    sv_changed_by_id = state.sv_changed_by_id,
                    fi_changed_by_id = state.fi_changed_by_id,
                    sv_revised_at = state.sv_revised_at, fi_revised_at = state.fi_revised_at
                WHERE id = state.id;
            ELSE
                INSERT INTO content_languagestate (
                    kind, object_id, field, pairing, agreed_sv, agreed_fi, agreed_at, agreed_by_id,
                    sv_is_filled, fi_is_filled, sv_changed_at, sv_changed_by_id,
                    fi_changed_at, fi_changed_by_id, sv_revised_at, fi_revised_at)
                VALUES (
                    table_name, id_of_item, field, state.pairing, state.agreed_sv, state.agreed_fi,
                    state.agreed_at, state.agreed_by_id, state.sv_is_filled, state.fi_is_filled,
                    state.sv_changed_at, state.sv_changed_by_id,
                    state.fi_changed_at, state.fi_changed_by_id,
                    state.sv_revised_at, state.fi_revised_at);
            END IF;
        END LOOP;
    END
$body$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(PLAIN_TEXT, "DROP FUNCTION IF EXISTS content_plain_text(text, boolean)"),
        migrations.RunSQL(
            COMPARE,
            "DROP FUNCTION IF EXISTS content_compare_languages(text, jsonb, jsonb, text[], text[])",
        ),
    ]
