import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('content', '0002_functions'),  # functions that the triggers call
        ('history', '0002_functions'),
        ('search', '0002_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegionalActor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('slug_sv', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('slug_fi', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('name', models.CharField(max_length=120, null=True, verbose_name='Name')),
                ('name_sv', models.CharField(max_length=120, null=True, verbose_name='Name')),
                ('name_fi', models.CharField(max_length=120, null=True, verbose_name='Name')),
                ('website', models.URLField(blank=True, null=True, verbose_name='Website')),
                ('website_sv', models.URLField(blank=True, null=True, verbose_name='Website')),
                ('website_fi', models.URLField(blank=True, null=True, verbose_name='Website')),
            ],
            options={
                'verbose_name': 'regional actor',
                'verbose_name_plural': 'regional actors',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=2, unique=True, validators=[django.core.validators.RegexValidator('^\\d{2}$')], verbose_name='Code')),
                ('name', models.CharField(max_length=80, null=True, verbose_name='Name')),
                ('name_sv', models.CharField(max_length=80, null=True, verbose_name='Name')),
                ('name_fi', models.CharField(max_length=80, null=True, verbose_name='Name')),
            ],
            options={
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^\\d{2}$')), name='region_code_has_two_digits', violation_error_message="A region's code has two digits."), models.CheckConstraint(condition=models.Q(('name_sv__isnull', False), models.Q(('name_sv', ''), _negated=True), ('name_fi__isnull', False), models.Q(('name_fi', ''), _negated=True)), name='region_is_named_in_both_languages', violation_error_message='Give the name in both languages; they may be equal.')],
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('slug_sv', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('slug_fi', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('code', models.CharField(help_text='Three digits, by Statistics Finland.', max_length=3, unique=True, validators=[django.core.validators.RegexValidator('^\\d{3}$')], verbose_name='Code')),
                ('name', models.CharField(max_length=80, null=True, verbose_name='Name')),
                ('name_sv', models.CharField(max_length=80, null=True, verbose_name='Name')),
                ('name_fi', models.CharField(max_length=80, null=True, verbose_name='Name')),
                ('language_status', models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('fi/sv', 'Bilingual, Finnish majority'), ('sv/fi', 'Bilingual, Swedish majority')], max_length=5, verbose_name='Language status')),
                ('latitude', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='Latitude')),
                ('longitude', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='Longitude')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='municipalities', to='municipalities.region', verbose_name='Region')),
            ],
            options={
                'verbose_name': 'municipality',
                'verbose_name_plural': 'municipalities',
                'ordering': ['code'],
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='region',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['name']::text[], ARRAY[]::text[]); RETURN NULL;", hash='ddaf002e106b607962d76f99ada83b34b5caeda0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_67a51', table='municipalities_region', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='region',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('municipalities_municipality', ARRAY(SELECT id FROM municipalities_municipality WHERE region_id IN (OLD.id, NEW.id)));\nPERFORM search_note('municipalities_regionalactor', ARRAY(SELECT id FROM municipalities_regionalactor WHERE region_id IN (OLD.id, NEW.id)));\nRETURN NULL;", hash='adfef097d23187f665eadf7e0c34a41503294f3e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_6b2bc', table='municipalities_region', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='region',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['name']::text[], ARRAY[]::text[]); RETURN NULL;", hash='003971bf47daf3db68f3bdd633a9496a0a5cc846', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_b63c1', table='municipalities_region', when='AFTER')),
        ),
        migrations.AddField(
            model_name='regionalactor',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actors', to='municipalities.region', verbose_name='Region'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='municipality_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='municipality_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='municipality_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='municipality_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^\\d{3}$')), name='municipality_code_has_three_digits', violation_error_message="A municipality's code has three digits."),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(('name_sv__isnull', False), models.Q(('name_sv', ''), _negated=True), ('name_fi__isnull', False), models.Q(('name_fi', ''), _negated=True)), name='municipality_is_named_in_both_languages', violation_error_message='Give the name in both languages; they may be equal.'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True)), name='municipality_has_an_address_in_both_languages', violation_error_message='The municipality needs an address in both languages.'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(('language_status__in', ['fi', 'sv', 'fi/sv', 'sv/fi'])), name='municipality_language_status_is_known', violation_error_message='Choose one of the four language statuses.'),
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (59, 71)), ('longitude__isnull', False), ('longitude__range', (19, 32))), _connector='OR'), name='municipality_point_lies_in_finland', violation_error_message='Give both coordinates, in Finland, or neither.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='municipality',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='14f28f274ae376fa8b4f0f21df9eabe29ab6d69d', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_b2a46', table='municipalities_municipality', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='municipality',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['name']::text[], ARRAY[]::text[]); RETURN NULL;", hash='6567104895cab78a8a036aca063354f648b1868e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_934d9', table='municipalities_municipality', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='municipality',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nPERFORM search_note('projects_workshop', ARRAY(SELECT workshop_id FROM projects_workshop_municipalities WHERE municipality_id IN (OLD.id, NEW.id)));\nPERFORM search_note('publications_story', ARRAY(SELECT story_id FROM publications_story_municipalities WHERE municipality_id IN (OLD.id, NEW.id)));\nRETURN NULL;", hash='844326d87e6beeee2ca41f1d49213c05d371a67f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_4209f', table='municipalities_municipality', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='municipality',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['name', 'slug']::text[], ARRAY[]::text[]); RETURN NULL;", hash='5269519ce26fac75633aab92358975293fe568db', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_c423c', table='municipalities_municipality', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='regionalactor',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='regionalactor_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='regionalactor',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='regionalactor_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='regionalactor',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='regionalactor_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='regionalactor',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='regionalactor_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='regionalactor',
            constraint=models.CheckConstraint(condition=models.Q(('name_sv__isnull', False), models.Q(('name_sv', ''), _negated=True), ('name_fi__isnull', False), models.Q(('name_fi', ''), _negated=True)), name='regional_actor_is_named_in_both_languages', violation_error_message='Give the name in both languages; they may be equal.'),
        ),
        migrations.AddConstraint(
            model_name='regionalactor',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True)), name='regional_actor_has_an_address_in_both_languages', violation_error_message='The actor needs an address in both languages.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regionalactor',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='e31ceaf810d44a229c40555e5ef8153dc9af0594', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_109d9', table='municipalities_regionalactor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regionalactor',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['name']::text[], ARRAY[]::text[]); RETURN NULL;", hash='18b1d0f884a64607aed16181a4c659917c3a7487', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_333ea', table='municipalities_regionalactor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regionalactor',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='7166da0003dc1a531cad57b94f47fe99bc9a4180', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_0c15f', table='municipalities_regionalactor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regionalactor',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['name', 'slug', 'website']::text[], ARRAY[]::text[]); RETURN NULL;", hash='d670b314a6ef705b98519ca5a4a4fdaf5700dfe1', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_dc8b2', table='municipalities_regionalactor', when='AFTER')),
        ),
    ]
