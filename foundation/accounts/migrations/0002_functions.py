"""Triggers that write changes of users and rights into the audit trail, whoever makes them.

The table of limits is Django's own for a cache in the database; a migration makes it, so that no
installation forgets `createcachetable`.
"""

from django.db import migrations

NOTE = """
CREATE OR REPLACE FUNCTION accounts_note(event text, about bigint, detail text) RETURNS void
LANGUAGE sql AS $body$
    INSERT INTO accounts_auditentry (event, who, about, detail) VALUES (
        event,
        coalesce((SELECT email FROM accounts_user WHERE id =
            nullif(current_setting('portal.author', true), '')::bigint), ''),
        coalesce((SELECT email FROM accounts_user WHERE id = about), ''),
        left(detail, 500)
    );
$body$;
"""

USER = """
CREATE OR REPLACE FUNCTION accounts_note_user() RETURNS trigger LANGUAGE plpgsql AS $body$
    DECLARE
        changes text[] := '{}';
    BEGIN
        IF TG_OP = 'DELETE' THEN
            PERFORM accounts_note('user_deleted', OLD.id, '');
            RETURN OLD;
        END IF;
        IF TG_OP = 'INSERT' THEN
            IF NEW.is_staff THEN changes := changes || 'staff+'::text; END IF;
            IF NEW.is_superuser THEN changes := changes || 'superuser+'::text; END IF;
            PERFORM accounts_note('user_added', NEW.id, array_to_string(changes, ', '));
            RETURN NEW;
        END IF;
        IF NEW.is_staff <> OLD.is_staff THEN
            changes := changes || (CASE WHEN NEW.is_staff THEN 'staff+' ELSE 'staff-' END);
        END IF;
        IF NEW.is_superuser <> OLD.is_superuser THEN
            changes := changes ||
                (CASE WHEN NEW.is_superuser THEN 'superuser+' ELSE 'superuser-' END);
        END IF;
        IF NEW.is_active <> OLD.is_active THEN
            changes := changes || (CASE WHEN NEW.is_active THEN 'active+' ELSE 'active-' END);
        END IF;
        IF NEW.email <> OLD.email THEN
            changes := changes || (OLD.email || ' → ' || NEW.email);
        END IF;
        IF changes <> '{}' THEN
            PERFORM accounts_note('user_changed', NEW.id, array_to_string(changes, ', '));
        END IF;
        RETURN NEW;
    END;
$body$;
CREATE TRIGGER accounts_note_new_user AFTER INSERT OR UPDATE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_note_user();
-- Before, because afterwards nobody knows the address.
CREATE TRIGGER accounts_note_deleted_user BEFORE DELETE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_note_user();
"""

RIGHTS = """
CREATE OR REPLACE FUNCTION accounts_note_right() RETURNS trigger LANGUAGE plpgsql AS $body$
    DECLARE
        item jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
        suffix text := CASE WHEN TG_OP = 'DELETE' THEN '_taken' ELSE '_given' END;
        role text := (SELECT name FROM auth_group WHERE id = (item->>'group_id')::bigint);
        code text := (
            SELECT t.app_label || '.' || p.codename
            FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id
            WHERE p.id = (item->>'permission_id')::bigint);
    BEGIN
        -- What the roles may do is decided by the portal's own code, at every upgrade.
        IF TG_TABLE_NAME = 'auth_group_permissions'
            AND current_setting('portal.roles_are_put_right', true) = 'yes' THEN
            RETURN NULL;
        END IF;
        PERFORM accounts_note(
            (CASE WHEN code IS NULL THEN 'role' ELSE 'right' END) || suffix,
            (item->>'user_id')::bigint,
            concat_ws(': ', role, code)
        );
        RETURN NULL;
    END;
$body$;
CREATE TRIGGER accounts_note_role AFTER INSERT OR DELETE ON accounts_user_groups
    FOR EACH ROW EXECUTE FUNCTION accounts_note_right();
CREATE TRIGGER accounts_note_right AFTER INSERT OR DELETE ON accounts_user_user_permissions
    FOR EACH ROW EXECUTE FUNCTION accounts_note_right();
CREATE TRIGGER accounts_note_right_of_role AFTER INSERT OR DELETE ON auth_group_permissions
    FOR EACH ROW EXECUTE FUNCTION accounts_note_right();
"""

FORGET = """
DROP TRIGGER accounts_note_new_user ON accounts_user;
DROP TRIGGER accounts_note_deleted_user ON accounts_user;
DROP TRIGGER accounts_note_role ON accounts_user_groups;
DROP TRIGGER accounts_note_right ON accounts_user_user_permissions;
DROP TRIGGER accounts_note_right_of_role ON auth_group_permissions;
DROP FUNCTION accounts_note_right, accounts_note_user, accounts_note(text, bigint, text);
"""

LIMITS = """
CREATE TABLE accounts_limit (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX accounts_limit_expires ON accounts_limit (expires);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunSQL(NOTE + USER + RIGHTS, FORGET),
        migrations.RunSQL(LIMITS, "DROP TABLE accounts_limit;"),
    ]
