import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import foundation.content.models.preview
import foundation.content.pictures
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('history', '0002_functions'),  # functions that the triggers call
        ('search', '0002_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Image',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ImageField(height_field='height', upload_to=foundation.content.pictures.upload_path, validators=[foundation.content.pictures.validate_picture], verbose_name='File', width_field='width')),
                ('width', models.PositiveIntegerField(editable=False)),
                ('height', models.PositiveIntegerField(editable=False)),
                ('alt', models.CharField(blank=True, help_text='What the picture shows, for a reader who cannot see it.', max_length=250, null=True, verbose_name='Text alternative')),
                ('alt_sv', models.CharField(blank=True, help_text='What the picture shows, for a reader who cannot see it.', max_length=250, null=True, verbose_name='Text alternative')),
                ('alt_fi', models.CharField(blank=True, help_text='What the picture shows, for a reader who cannot see it.', max_length=250, null=True, verbose_name='Text alternative')),
                ('is_decorative', models.BooleanField(default=False, help_text='The picture says nothing that the text does not: it needs no alternative.', verbose_name='Decoration only')),
                ('credit', models.CharField(max_length=120, verbose_name='Picture by')),
                ('licence', models.CharField(blank=True, max_length=120, verbose_name='Licence')),
                ('focal_x', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='Focus from the left, %')),
                ('focal_y', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Focus from the top, %')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='LanguageState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=63, verbose_name='Table')),
                ('object_id', models.BigIntegerField(verbose_name='Item')),
                ('field', models.CharField(max_length=63, verbose_name='Field')),
                ('pairing', models.CharField(choices=[('both', 'Swedish and Finnish'), ('sv', 'Swedish only'), ('fi', 'Finnish only')], max_length=4, verbose_name='Languages')),
                ('agreed_sv', models.TextField(null=True)),
                ('agreed_fi', models.TextField(null=True)),
                ('agreed_at', models.DateTimeField(null=True)),
                ('sv_is_filled', models.BooleanField()),
                ('fi_is_filled', models.BooleanField()),
                ('sv_changed_at', models.DateTimeField(null=True)),
                ('sv_revised_at', models.DateTimeField(null=True)),
                ('fi_changed_at', models.DateTimeField(null=True)),
                ('fi_revised_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'language state',
                'verbose_name_plural': 'language states',
                'permissions': [('publish', 'Can publish, schedule and take down'), ('exchange_tables', 'Can take whole tables out and in'), ('edit_own', 'Can edit what belongs to the own municipality or regional actor'), ('translate_sv', 'Can write texts in Swedish'), ('translate_fi', 'Can write texts in Finnish')],
            },
        ),
        migrations.CreateModel(
            name='OpenForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=63)),
                ('object_id', models.BigIntegerField()),
                ('last_seen', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'open form',
                'verbose_name_plural': 'open forms',
            },
        ),
        migrations.CreateModel(
            name='Preview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=foundation.content.models.preview.preview_token, max_length=22, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('page_sv', models.TextField()),
                ('page_fi', models.TextField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('kind', models.CharField(blank=True, db_default='', max_length=63)),
                ('object_id', models.BigIntegerField(blank=True, null=True)),
                ('is_for_members', models.BooleanField(db_default=True, default=True)),
                ('shared_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'preview',
                'verbose_name_plural': 'previews',
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='SlugHistory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=63, verbose_name='Table')),
                ('object_id', models.BigIntegerField(verbose_name='Item')),
                ('language', models.CharField(max_length=2, verbose_name='Language')),
                ('slug', models.CharField(max_length=120, verbose_name='Address')),
                ('replaced_at', models.DateTimeField(verbose_name='Replaced')),
            ],
            options={
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=120, null=True, verbose_name='Term')),
                ('term_sv', models.CharField(max_length=120, null=True, verbose_name='Term')),
                ('term_fi', models.CharField(max_length=120, null=True, verbose_name='Term')),
                ('definition', models.TextField(blank=True, help_text='In plain words.', max_length=600, null=True, verbose_name='What it means')),
                ('definition_sv', models.TextField(blank=True, help_text='In plain words.', max_length=600, null=True, verbose_name='What it means')),
                ('definition_fi', models.TextField(blank=True, help_text='In plain words.', max_length=600, null=True, verbose_name='What it means')),
                ('synonyms', models.TextField(blank=True, help_text='One on each line: readers who search for them find the term.', null=True, verbose_name='Synonyms')),
                ('synonyms_sv', models.TextField(blank=True, help_text='One on each line: readers who search for them find the term.', null=True, verbose_name='Synonyms')),
                ('synonyms_fi', models.TextField(blank=True, help_text='One on each line: readers who search for them find the term.', null=True, verbose_name='Synonyms')),
                ('avoid', models.TextField(blank=True, help_text='Words to avoid, one on each line.', null=True, verbose_name='Do not use')),
                ('avoid_sv', models.TextField(blank=True, help_text='Words to avoid, one on each line.', null=True, verbose_name='Do not use')),
                ('avoid_fi', models.TextField(blank=True, help_text='Words to avoid, one on each line.', null=True, verbose_name='Do not use')),
            ],
            options={
                'verbose_name': 'term',
                'verbose_name_plural': 'glossary',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ChangeNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=63, verbose_name='Table')),
                ('object_id', models.BigIntegerField(verbose_name='Item')),
                ('moment', models.DateTimeField(default=django.utils.timezone.now, verbose_name='When')),
                ('event', models.CharField(choices=[('note', 'Note by an editor'), ('moved', 'Time or place changed'), ('cancelled', 'Cancelled'), ('reinstated', 'Takes place after all')], default='note', max_length=10, verbose_name='What happened')),
                ('pairing', models.CharField(choices=[('both', 'Swedish and Finnish'), ('sv', 'Swedish only'), ('fi', 'Finnish only')], default='both', max_length=4, verbose_name='Languages')),
                ('note', models.CharField(blank=True, max_length=300, null=True, verbose_name='What is new for the reader')),
                ('note_sv', models.CharField(blank=True, max_length=300, null=True, verbose_name='What is new for the reader')),
                ('note_fi', models.CharField(blank=True, max_length=300, null=True, verbose_name='What is new for the reader')),
            ],
            options={
                'verbose_name': 'change note',
                'verbose_name_plural': 'change notes',
                'ordering': ['-moment', '-pk'],
                'indexes': [models.Index(fields=['kind', 'object_id'], name='changenote_by_item')],
                'constraints': [models.CheckConstraint(condition=models.Q(('event__in', ['note', 'moved', 'cancelled', 'reinstated'])), name='change_note_event_is_known', violation_error_message='Choose one of the values offered.'), models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='change_note_pairing_is_known', violation_error_message='Choose one of the values offered.'), models.CheckConstraint(condition=models.Q(models.Q(('event', 'note'), _negated=True), models.Q(('pairing', 'both'), ('note_sv__isnull', False), models.Q(('note_sv', ''), _negated=True), ('note_fi__isnull', False), models.Q(('note_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), ('note_sv__isnull', False), models.Q(('note_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), ('note_fi__isnull', False), models.Q(('note_fi', ''), _negated=True)), _connector='OR'), name='change_note_is_complete_or_declared', violation_error_message='Write what is new in every language the item is in.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changenote',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['object_id=']::text[], ARRAY['note']::text[], ARRAY[]::text[]); RETURN NULL;", hash='cb5f3a8cbbc1604bfd56944b35fcb4eeb33be891', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_90434', table='content_changenote', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='image',
            constraint=models.CheckConstraint(condition=models.Q(('is_decorative', True), models.Q(('alt_fi__isnull', False), ('alt_sv__isnull', False), models.Q(('alt_sv', ''), _negated=True), models.Q(('alt_fi', ''), _negated=True)), _connector='OR'), name='image_has_text_alternative_or_is_decorative', violation_error_message='Give a text alternative in both languages, or mark the picture as decoration.'),
        ),
        migrations.AddConstraint(
            model_name='image',
            constraint=models.CheckConstraint(condition=models.Q(('focal_x__lte', 100), ('focal_y__lte', 100)), name='image_focus_is_inside_the_picture', violation_error_message='The focus must lie inside the picture.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='image',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['alt']::text[], ARRAY[]::text[]); RETURN NULL;", hash='276a99aa3c9cc821629e9a113a3cb4f1850652bd', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_2f1af', table='content_image', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='image',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['alt']::text[], ARRAY[]::text[]); RETURN NULL;", hash='55300b24b4c074d0caeb38b4cabce66e4d086511', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_06bda', table='content_image', when='AFTER')),
        ),
        migrations.AddField(
            model_name='languagestate',
            name='agreed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='languagestate',
            name='fi_changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='languagestate',
            name='sv_changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='openform',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='preview',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='slughistory',
            index=models.Index(fields=['kind', 'slug'], name='slughistory_by_slug'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('term_sv'), name='term_in_swedish_is_explained_once', violation_error_message='The glossary already has this term.'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('term_fi'), name='term_in_finnish_is_explained_once', violation_error_message='The glossary already has this term.'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('term_sv__isnull', False), models.Q(('term_sv', ''), _negated=True), ('term_fi__isnull', False), models.Q(('term_fi', ''), _negated=True)), name='term_is_given_in_both_languages', violation_error_message='Give the term in both languages.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='term',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['term', 'definition']::text[], ARRAY[]::text[]); RETURN NULL;", hash='e0ed063bd271ae9c46249ac4087b1e9acca9e731', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_89ffe', table='content_term', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='term',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='9adbef4e198b7b0ab1507bc0a44fb8066ec5bf74', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_67da1', table='content_term', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='term',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['avoid', 'definition', 'synonyms', 'term']::text[], ARRAY[]::text[]); RETURN NULL;", hash='e4be995499b78be013845be469a1299a5a4786de', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_245f6', table='content_term', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='languagestate',
            index=models.Index(condition=models.Q(('sv_changed_at__isnull', False)), fields=['sv_changed_at'], name='languagestate_sv_is_ahead'),
        ),
        migrations.AddIndex(
            model_name='languagestate',
            index=models.Index(condition=models.Q(('fi_changed_at__isnull', False)), fields=['fi_changed_at'], name='languagestate_fi_is_ahead'),
        ),
        migrations.AddConstraint(
            model_name='languagestate',
            constraint=models.UniqueConstraint(fields=('kind', 'object_id', 'field'), name='language_state_is_kept_once_for_a_text', violation_error_message='The state of this text is already kept.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='languagestate',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['object_id=']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='b1d2cb6c67fd45f0eadea3b15167ce6bfe3ae868', operation='DELETE', pgid='pgtrigger_keep_history_c59bd', table='content_languagestate', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='openform',
            constraint=models.UniqueConstraint(fields=('kind', 'object_id', 'user'), name='open_form_is_kept_once_for_an_item_and_a_user', violation_error_message='It is already known that the form is open.'),
        ),
        migrations.AddConstraint(
            model_name='preview',
            constraint=models.CheckConstraint(condition=models.Q(('shared_until__isnull', True), ('shared_until__gt', models.F('made_at')), _connector='OR'), name='preview_is_shared_until_after_it_is_made', violation_error_message='The last day must not be before the first.'),
        ),
    ]
