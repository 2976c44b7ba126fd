import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import portal.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('content', '0002_functions'),  # functions that the triggers call
        ('history', '0002_functions'),
        ('search', '0002_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('slug_sv', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('slug_fi', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('title', models.CharField(help_text='The heading of the page.', max_length=200, null=True, verbose_name='Title')),
                ('title_sv', models.CharField(help_text='The heading of the page.', max_length=200, null=True, verbose_name='Title')),
                ('title_fi', models.CharField(help_text='The heading of the page.', max_length=200, null=True, verbose_name='Title')),
                ('lead', models.TextField(blank=True, help_text='One or two sentences: shown under the heading, in lists and in search.', max_length=600, null=True, verbose_name='Lead')),
                ('lead_sv', models.TextField(blank=True, help_text='One or two sentences: shown under the heading, in lists and in search.', max_length=600, null=True, verbose_name='Lead')),
                ('lead_fi', models.TextField(blank=True, help_text='One or two sentences: shown under the heading, in lists and in search.', max_length=600, null=True, verbose_name='Lead')),
                ('body', models.TextField(blank=True, null=True, verbose_name='Text')),
                ('body_sv', models.TextField(blank=True, null=True, verbose_name='Text')),
                ('body_fi', models.TextField(blank=True, null=True, verbose_name='Text')),
                ('easy_language', models.TextField(blank=True, help_text='The same in short and plain sentences. Shown one click away, marked as easy language.', null=True, verbose_name='Easy language')),
                ('easy_language_sv', models.TextField(blank=True, help_text='The same in short and plain sentences. Shown one click away, marked as easy language.', null=True, verbose_name='Easy language')),
                ('easy_language_fi', models.TextField(blank=True, help_text='The same in short and plain sentences. Shown one click away, marked as easy language.', null=True, verbose_name='Easy language')),
                ('decision', models.CharField(choices=[('draft', 'Draft'), ('public', 'Public'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='Publishing')),
                ('publish_at', models.DateTimeField(blank=True, help_text='Empty: from the moment it is saved as public. Helsinki time.', null=True, verbose_name='Public from')),
                ('withdraw_at', models.DateTimeField(blank=True, help_text='Empty: for the time being. Helsinki time.', null=True, verbose_name='Public until')),
                ('pairing', models.CharField(choices=[('both', 'Swedish and Finnish'), ('sv', 'Swedish only'), ('fi', 'Finnish only')], default='both', max_length=4, verbose_name='Languages')),
                ('pairing_reason', models.CharField(blank=True, help_text='Needed when the item exists in one language only. Seen by editors.', max_length=300, verbose_name='Why in one language only')),
                ('withdrawn_because', models.CharField(blank=True, help_text='One sentence for readers who come to the address afterwards.', max_length=300, null=True, verbose_name='Why it was taken down')),
                ('withdrawn_because_sv', models.CharField(blank=True, help_text='One sentence for readers who come to the address afterwards.', max_length=300, null=True, verbose_name='Why it was taken down')),
                ('withdrawn_because_fi', models.CharField(blank=True, help_text='One sentence for readers who come to the address afterwards.', max_length=300, null=True, verbose_name='Why it was taken down')),
                ('is_example', models.BooleanField(default=False, help_text='Made up to show how the portal works: readers see a note that says so.', verbose_name='Example data')),
                ('review_by', models.DateField(blank=True, help_text='On this day the item comes up for a check.', null=True, verbose_name='Review by')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('subject', models.CharField(choices=[('accessibility', 'Accessibility statement'), ('privacy', 'Privacy notice')], max_length=13, unique=True, verbose_name='Subject')),
                ('reviewed_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='Reviewed')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
                'ordering': ['subject'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BrokenLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=63, verbose_name='Table')),
                ('object_id', models.BigIntegerField(verbose_name='Item')),
                ('url', models.CharField(max_length=2000, verbose_name='Link')),
                ('status', models.PositiveSmallIntegerField(verbose_name='What happened')),
                ('first_failed_on', models.DateField(verbose_name='Since')),
                ('last_failed_on', models.DateField(verbose_name='Last tried')),
                ('reported_on', models.DateField(blank=True, null=True, verbose_name='Reported')),
            ],
            options={
                'verbose_name': 'broken link',
                'verbose_name_plural': 'broken links',
                'ordering': ['first_failed_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id', 'url'), name='broken_link_is_kept_once_for_an_item', violation_error_message='The link is already known to be broken.'), models.CheckConstraint(condition=models.Q(('last_failed_on__gte', models.F('first_failed_on'))), name='broken_link_failed_last_after_it_failed_first', violation_error_message='The last day must not be before the first.')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('accessibility', 'Accessibility'), ('content', 'Content of the pages'), ('other', 'Something else')], max_length=13, verbose_name='Subject')),
                ('message', models.TextField(max_length=5000, verbose_name='Message')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='Name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail address')),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('fi', 'Finnish')], max_length=2, verbose_name='Language')),
                ('about', models.CharField(blank=True, max_length=300, verbose_name='Page it is about')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Received')),
                ('answer_by', models.DateField(default=portal.models.answer_by, verbose_name='Answer by')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='Answered')),
                ('note', models.TextField(blank=True, verbose_name='Note for colleagues')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Handled by')),
            ],
            options={
                'verbose_name': 'feedback',
                'verbose_name_plural': 'feedback',
                'ordering': ['answered_at', 'answer_by', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Redirect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(help_text='For example /sv/arttu2. It works where no page stands at the address.', max_length=200, unique=True, verbose_name='Short address')),
                ('target', models.CharField(help_text='A page of the portal, for example /sv/program/arttu2/, or an https address.', max_length=500, verbose_name='Leads to')),
                ('note', models.CharField(blank=True, help_text='For example where the address has been printed.', max_length=200, verbose_name='Note for colleagues')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
            ],
            options={
                'verbose_name': 'short address',
                'verbose_name_plural': 'short addresses',
                'ordering': ['address'],
                'constraints': [models.CheckConstraint(condition=models.Q(('address__regex', '^/(sv|fi)(/[a-z0-9]+(-[a-z0-9]+)*)+$')), name='redirect_address_is_a_path_of_the_portal', violation_error_message='Write a path that begins with /sv/ or /fi/, in small letters without å, ä and ö.'), models.CheckConstraint(condition=models.Q(('target__regex', '^(/(sv|fi)/|https://)[^\\s\\\\]*$')), name='redirect_leads_to_a_page_or_an_https_address', violation_error_message='Write a path that begins with /sv/ or /fi/, or a whole https address.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='redirect',
            trigger=pgtrigger.compiler.Trigger(name='redirect_never_leads_back_to_itself', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE item RECORD;', func="\n            IF TG_OP = 'DELETE' THEN item := OLD; ELSE item := NEW; END IF;\n            PERFORM pg_advisory_xact_lock(hashtextextended('redirect_never_leads_back_to_itself', 0));\n            IF \n                    EXISTS (\n                        WITH RECURSIVE way (address) AS (\n                            SELECT lower(rtrim(split_part(split_part(target, '#', 1), '?', 1), '/'))\n                            FROM portal_redirect WHERE id = item.id\n                            UNION\n                            SELECT lower(rtrim(split_part(split_part(target, '#', 1), '?', 1), '/'))\n                            FROM portal_redirect JOIN way USING (address))\n                        SELECT FROM way JOIN portal_redirect USING (address)\n                        WHERE portal_redirect.id = item.id) THEN\n                RAISE EXCEPTION 'violates the rule redirect_never_leads_back_to_itself'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'redirect_never_leads_back_to_itself';\n            END IF;\n            RETURN NULL;\n        ", hash='35831ca9878e4fdf5fa02edd70f5d93026d36ca1', operation='INSERT OR UPDATE', pgid='pgtrigger_redirect_never_leads_back_to_itself_5f7b5', table='portal_redirect', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='redirect',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;', hash='409f2b15b273691f05b893010f82ea134a72337e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_1224a', table='portal_redirect', when='AFTER')),
        ),
        migrations.AddField(
            model_name='statement',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(('message', ''), _negated=True), name='feedback_says_something', violation_error_message='Write a message.'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'fi'])), name='feedback_is_in_one_of_our_languages', violation_error_message='Choose Swedish or Finnish.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='statement_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='statement_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='statement_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='statement_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['draft', 'public', 'withdrawn'])), name='statement_decision_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='statement_pairing_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='statement_published_since_a_moment', violation_error_message='Say from which moment the item is public.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('withdraw_at__isnull', True), ('publish_at__isnull', True), ('withdraw_at__gt', models.F('publish_at')), _connector='OR'), name='statement_withdrawn_after_published', violation_error_message='The item must be taken down after it is published.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('pairing', 'both'), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('body_sv__isnull', False), models.Q(('body_sv', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True), ('body_fi__isnull', False), models.Q(('body_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), models.Q(('pairing_reason', ''), _negated=True), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('body_sv__isnull', False), models.Q(('body_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), models.Q(('pairing_reason', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True), ('body_fi__isnull', False), models.Q(('body_fi', ''), _negated=True)), _connector='OR'), name='statement_published_is_complete_or_declared', violation_error_message='To be public, the text must be complete in both languages, or be declared to exist in one language only, with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('subject__in', ['accessibility', 'privacy'])), name='statement_subject_is_known', violation_error_message='Choose one of the two subjects.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='34a43848b7c1aa0466e632b55ee5409089c265ad', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_bcbfb', table='portal_statement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'lead', 'body', 'easy_language', 'withdrawn_because']::text[], ARRAY['body', 'easy_language']::text[]); RETURN NULL;", hash='d3b197ee0b82583c42d6251a2897fc7b6d7de0ea', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_deb7d', table='portal_statement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='8d61157a34c63eb33368e178914fb06e84d71d26', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_8c8a3', table='portal_statement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'easy_language', 'lead', 'slug', 'title', 'updated_at', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;", hash='d10230f19b6511945b686213c6afd8a685c7327a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_593ef', table='portal_statement', when='AFTER')),
        ),
    ]
