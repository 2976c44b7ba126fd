"""What the triggers of searchable tables do: correct what is public, note what is stale."""

from django.db import migrations

FUNCTIONS = """
-- Since when readers may see an item: the publication state (foundation.content.publication) in columns.
CREATE FUNCTION search_public_from(item jsonb) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN NOT item ? 'decision' THEN 'epoch'::timestamptz
        WHEN item ->> 'decision' = 'public' THEN (item ->> 'publish_at')::timestamptz
    END
$$;

-- Until when: a moment (withdraw_at), or the end of a day in Helsinki (a contact's visible_until).
CREATE FUNCTION search_public_until(item jsonb) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT LEAST(
        (item ->> 'withdraw_at')::timestamptz,
        ((item ->> 'visible_until')::date + 1)::timestamp AT TIME ZONE 'Europe/Helsinki'
    )
$$;

CREATE FUNCTION search_note(kind text, items bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO search_staleitem (kind, object_id, noted_by)
    SELECT DISTINCT kind, item, pg_current_xact_id()::text::bigint
    FROM unnest(items) AS item
    WHERE item IS NOT NULL
$$;

-- What a write to an item's own row means: whether it is public holds at once, the rest is noted.
CREATE FUNCTION search_item_changed(table_name text, was jsonb, item jsonb)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF was IS NOT NULL AND item IS NULL THEN
        DELETE FROM search_searchentry
        WHERE kind = table_name AND object_id = (was ->> 'id')::bigint;
        RETURN;
    END IF;
    IF was IS NOT NULL THEN
        UPDATE search_searchentry
        SET public_from = search_public_from(item), public_until = search_public_until(item)
        WHERE kind = table_name AND object_id = (item ->> 'id')::bigint
            AND (public_from, public_until)
                IS DISTINCT FROM (search_public_from(item), search_public_until(item));
        IF item ->> 'pairing' IN ('sv', 'fi') THEN
            DELETE FROM search_searchentry
            WHERE kind = table_name AND object_id = (item ->> 'id')::bigint
                AND language <> item ->> 'pairing';
        END IF;
    END IF;
    PERFORM search_note(table_name, ARRAY[(item ->> 'id')::bigint]);
END
$$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION search_item_changed, search_note, search_public_until, search_public_from;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
    ]
