"""The function that keeps the history of every recorded table, called by its triggers."""

from django.db import migrations

NOTE = """
CREATE OR REPLACE FUNCTION history_note(
    table_name text, old_row jsonb, new_row jsonb,
    wholes text[], left_out text[], left_out_of_machines text[]
) RETURNS void LANGUAGE plpgsql AS $body$
    DECLARE
        was jsonb := old_row;
        became jsonb;
        author bigint := nullif(current_setting('portal.author', true), '')::bigint;
        said text := CASE WHEN old_row IS NULL THEN 'added'
                          WHEN new_row IS NULL THEN 'deleted' ELSE 'changed' END;
        owners text[];
    BEGIN
        IF said = 'changed' THEN
            IF author IS NULL THEN
                left_out := left_out || left_out_of_machines;
            END IF;
            SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row->o.key)
                INTO was, became
                FROM jsonb_each(old_row) o
                WHERE o.value IS DISTINCT FROM new_row->o.key AND o.key <> ALL (left_out);
            IF was IS NULL THEN
                RETURN;
            END IF;
        END IF;
        -- What a row is moved away from is told of it too.
        SELECT array_agg(DISTINCT coalesce(nullif(split_part(w, '=', 2), ''), r->>'kind')
                         || ':' || (r->>split_part(w, '=', 1)))
            INTO owners
            FROM unnest(wholes) w, unnest(ARRAY[old_row, new_row]) r
            WHERE r->>split_part(w, '=', 1) IS NOT NULL;
        INSERT INTO history_change (
            kind, object_id, part_of, moment, transaction, author_id, operation, before, after)
        VALUES (
            table_name, (coalesce(new_row, old_row)->>'id')::bigint, coalesce(owners, '{}'), now(),
            pg_current_xact_id()::text::bigint, author, said, was, became);
    END
$body$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            NOTE,
            "DROP FUNCTION IF EXISTS history_note(text, jsonb, jsonb, text[], text[], text[])",
        ),
    ]
