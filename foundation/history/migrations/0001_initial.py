"""What was written, by whom and when: the table, and the function that fills it.

See `foundation/history/recording.py` for its triggers, which are in each app's migrations.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=63, verbose_name="Table")),
                ("object_id", models.BigIntegerField(verbose_name="Item")),
                (
                    "part_of",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=90),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("moment", models.DateTimeField(verbose_name="When")),
                ("transaction", models.BigIntegerField()),
                (
                    "operation",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=7,
                        verbose_name="What happened",
                    ),
                ),
                ("before", models.JSONField(null=True, blank=True)),
                ("after", models.JSONField(null=True, blank=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of content",
                "verbose_name_plural": "bin",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["kind", "object_id", "id"], name="change_by_row"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["part_of"], name="change_by_whole"
                    ),
                    models.Index(fields=["transaction"], name="change_by_transaction"),
                    models.Index(
                        condition=models.Q(("operation", "deleted")),
                        fields=["moment"],
                        name="change_of_deleted",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("after__isnull", True),
                                ("before__isnull", True),
                                ("operation", "added"),
                            ),
                            models.Q(
                                ("after__isnull", False),
                                ("before__isnull", False),
                                ("operation", "changed"),
                            ),
                            models.Q(
                                ("after__isnull", True),
                                ("before__isnull", False),
                                ("operation", "deleted"),
                            ),
                            _connector="OR",
                        ),
                        name="change_tells_what_was_there_before",
                        violation_error_message="A change tells what was there before it.",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            NOTE,
            "DROP FUNCTION IF EXISTS history_note(text, jsonb, jsonb, text[], text[], text[])",
        ),
    ]
