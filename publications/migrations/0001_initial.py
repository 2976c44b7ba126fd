import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import publications.captions
import publications.identifiers
import publications.models.material
import publications.uploads
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('content', '0001_initial'),
        ('municipalities', '0001_initial'),
        ('projects', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('content', '0002_functions'),  # functions that the triggers call
        ('history', '0002_functions'),
        ('search', '0002_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_origin', models.BooleanField(default=False, verbose_name='Began here')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='municipalities.municipality', verbose_name='Municipality')),
            ],
            options={
                'verbose_name': 'municipality that does this',
                'verbose_name_plural': 'municipalities that do this',
                'ordering': ['-is_origin', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='KitDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=63, verbose_name='Table')),
                ('object_id', models.BigIntegerField(verbose_name='Item')),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('fi', 'Finnish'), ('sv+fi', 'Swedish and Finnish')], max_length=5, verbose_name='Languages of the kit')),
                ('day', models.DateField(verbose_name='Day')),
                ('count', models.PositiveIntegerField(verbose_name='Downloads')),
            ],
            options={
                'verbose_name': 'kits of a day',
                'verbose_name_plural': 'kits of a day',
                'ordering': ['day', 'kind', 'object_id', 'language'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id', 'language', 'day'), name='kit_day_is_kept_once_for_an_item_and_language', violation_error_message='The kits of this item and day are already kept.'), models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'fi', 'sv+fi'])), name='kit_day_language_is_known', violation_error_message='Choose one of the values offered.'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='kit_day_counts_from_one', violation_error_message='A day without downloads is not kept.')],
            },
        ),
        migrations.CreateModel(
            name='Material',
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
                ('type', models.CharField(choices=[('slides', 'Slides'), ('video', 'Video'), ('document', 'Document'), ('worksheet', 'Worksheet'), ('data', 'Data'), ('link', 'Link')], max_length=9, verbose_name='Type')),
                ('access', models.CharField(choices=[('everybody', 'Everybody'), ('members', 'Only members of the network')], default='everybody', help_text='For members only: others see its title and a lock, and how to become a member.', max_length=9, verbose_name='Who may have it')),
                ('audience', models.CharField(blank=True, max_length=300, null=True, verbose_name='For whom')),
                ('audience_sv', models.CharField(blank=True, max_length=300, null=True, verbose_name='For whom')),
                ('audience_fi', models.CharField(blank=True, max_length=300, null=True, verbose_name='For whom')),
                ('licence', models.CharField(blank=True, choices=[('cc-by-4.0', 'CC BY 4.0'), ('cc-by-sa-4.0', 'CC BY-SA 4.0'), ('cc0-1.0', 'CC0 1.0'), ('own-use', "For municipalities' own use"), ('elsewhere', 'Terms of the linked site')], max_length=12, verbose_name='Licence')),
                ('attribution', models.CharField(blank=True, help_text='Whom those who use the material should name.', max_length=200, null=True, verbose_name='To be named')),
                ('attribution_sv', models.CharField(blank=True, help_text='Whom those who use the material should name.', max_length=200, null=True, verbose_name='To be named')),
                ('attribution_fi', models.CharField(blank=True, help_text='Whom those who use the material should name.', max_length=200, null=True, verbose_name='To be named')),
                ('link', models.URLField(blank=True, null=True, verbose_name='Link')),
                ('link_sv', models.URLField(blank=True, null=True, verbose_name='Link')),
                ('link_fi', models.URLField(blank=True, null=True, verbose_name='Link')),
                ('transcript', models.TextField(blank=True, help_text='What is said and shown, paragraphs parted by an empty line. Left empty, the page makes it from the captions.', null=True, verbose_name='Transcript of the video')),
                ('transcript_sv', models.TextField(blank=True, help_text='What is said and shown, paragraphs parted by an empty line. Left empty, the page makes it from the captions.', null=True, verbose_name='Transcript of the video')),
                ('transcript_fi', models.TextField(blank=True, help_text='What is said and shown, paragraphs parted by an empty line. Left empty, the page makes it from the captions.', null=True, verbose_name='Transcript of the video')),
                ('poster', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='content.image', verbose_name='Picture')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='projects.project', verbose_name='Project')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='projects.theme', verbose_name='Theme')),
                ('workshop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='projects.workshop', verbose_name='Workshop')),
            ],
            options={
                'verbose_name': 'material',
                'verbose_name_plural': 'materials',
                'ordering': ['-publish_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MaterialFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reading_text', models.TextField(blank=True, default='', help_text="Shown under “Read as text”, in the file's own language.", verbose_name='The text of the file')),
                ('reading_state', models.CharField(choices=[('none', 'Nothing to read in such a file'), ('waiting', 'Being read …'), ('read', 'Read automatically'), ('failed', 'Could not be read')], default='none', editable=False, max_length=7, verbose_name='Reading')),
                ('reading_problem', models.CharField(blank=True, editable=False, max_length=12)),
                ('text_checked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Checked')),
                ('page_pictures', models.JSONField(blank=True, default=list, editable=False)),
                ('role', models.CharField(choices=[('content', 'The material itself'), ('captions', 'Captions')], default='content', max_length=8, verbose_name='Role')),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('fi', 'Finnish'), ('sv+fi', 'Swedish and Finnish'), ('en', 'English')], max_length=5, verbose_name='Language')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='Version')),
                ('format', models.CharField(editable=False, max_length=5, verbose_name='Format')),
                ('file', models.FileField(upload_to=publications.models.material.upload_path, validators=[publications.uploads.validate_upload, publications.captions.validate_captions], verbose_name='File')),
                ('original_name', models.CharField(editable=False, max_length=200)),
                ('media_type', models.CharField(editable=False, max_length=100)),
                ('size', models.PositiveBigIntegerField(editable=False)),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('crc32', models.PositiveBigIntegerField(editable=False, null=True)),
                ('pages', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Pages or slides')),
                ('seconds', models.PositiveIntegerField(blank=True, null=True, verbose_name='Length in seconds')),
                ('published_at', models.DateTimeField(blank=True, help_text='Once public, the file cannot be changed: add a new version instead.', null=True, verbose_name='Public from')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='publications.material')),
                ('text_checked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Checked by')),
            ],
            options={
                'verbose_name': 'file',
                'verbose_name_plural': 'files',
                'ordering': ['language', '-version'],
            },
        ),
        migrations.CreateModel(
            name='DownloadDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('fi', 'Finnish')], max_length=2, verbose_name='Language of the page')),
                ('day', models.DateField(verbose_name='Day')),
                ('count', models.PositiveIntegerField(verbose_name='Downloads')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='download_days', to='publications.materialfile', verbose_name='File')),
            ],
            options={
                'verbose_name': 'downloads of a day',
                'verbose_name_plural': 'downloads of a day',
                'ordering': ['day', 'file', 'language'],
            },
        ),
        migrations.CreateModel(
            name='Practice',
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
                ('need', models.TextField(blank=True, null=True, verbose_name='The need')),
                ('need_sv', models.TextField(blank=True, null=True, verbose_name='The need')),
                ('need_fi', models.TextField(blank=True, null=True, verbose_name='The need')),
                ('idea', models.TextField(blank=True, help_text='What one does differently, in a few sentences: the thought behind it.', null=True, verbose_name='The idea')),
                ('idea_sv', models.TextField(blank=True, help_text='What one does differently, in a few sentences: the thought behind it.', null=True, verbose_name='The idea')),
                ('idea_fi', models.TextField(blank=True, help_text='What one does differently, in a few sentences: the thought behind it.', null=True, verbose_name='The idea')),
                ('how', models.TextField(blank=True, null=True, verbose_name='How it is done')),
                ('how_sv', models.TextField(blank=True, null=True, verbose_name='How it is done')),
                ('how_fi', models.TextField(blank=True, null=True, verbose_name='How it is done')),
                ('results', models.TextField(blank=True, null=True, verbose_name='Results')),
                ('results_sv', models.TextField(blank=True, null=True, verbose_name='Results')),
                ('results_fi', models.TextField(blank=True, null=True, verbose_name='Results')),
                ('requirements', models.TextField(blank=True, null=True, verbose_name='What it takes')),
                ('requirements_sv', models.TextField(blank=True, null=True, verbose_name='What it takes')),
                ('requirements_fi', models.TextField(blank=True, null=True, verbose_name='What it takes')),
                ('full_model', models.URLField(blank=True, help_text='Address of the full model, for example in a national model bank.', verbose_name='Full description elsewhere')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='practices', to='projects.contact', verbose_name='Contact')),
                ('municipalities', models.ManyToManyField(related_name='practices', through='publications.Adoption', to='municipalities.municipality', verbose_name='Municipalities')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='projects.theme', verbose_name='Theme')),
            ],
            options={
                'verbose_name': 'good practice',
                'verbose_name_plural': 'good practices',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AdoptionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('email', models.EmailField(max_length=254, verbose_name='E-mail address')),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='Message')),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('fi', 'Finnish')], max_length=2, verbose_name='Language')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Received')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='Confirmed')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Confirmed by')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoption_requests', to='municipalities.municipality', verbose_name='Municipality')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adoption_requests', to='publications.practice', verbose_name='good practice')),
            ],
            options={
                'verbose_name': 'municipality to confirm',
                'verbose_name_plural': 'municipalities to confirm',
                'ordering': [models.OrderBy(models.F('confirmed_at'), descending=True, nulls_first=True), 'received_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='adoption',
            name='practice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adoptions', to='publications.practice'),
        ),
        migrations.CreateModel(
            name='Publication',
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
                ('kind', models.CharField(choices=[('report', 'Report'), ('guide', 'Guide'), ('article', 'Article')], default='report', max_length=8, verbose_name='Kind')),
                ('original_title', models.CharField(blank=True, help_text='As on the cover. Empty when it is not known.', max_length=300, verbose_name='Original title')),
                ('original_language', models.CharField(choices=[('sv', 'Swedish'), ('fi', 'Finnish'), ('sv+fi', 'Swedish and Finnish')], max_length=5, verbose_name='Original language')),
                ('series', models.CharField(blank=True, max_length=160, verbose_name='Series')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='Number')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('pages', models.CharField(blank=True, max_length=40, verbose_name='Pages')),
                ('place', models.CharField(blank=True, max_length=80, null=True, verbose_name='Place of publication')),
                ('place_sv', models.CharField(blank=True, max_length=80, null=True, verbose_name='Place of publication')),
                ('place_fi', models.CharField(blank=True, max_length=80, null=True, verbose_name='Place of publication')),
                ('isbn', models.CharField(blank=True, help_text='Ten or thirteen digits, with or without hyphens.', max_length=17, validators=[publications.identifiers.validate_isbn], verbose_name='ISBN')),
                ('doi', models.CharField(blank=True, help_text='Without https://doi.org/, for example 10.1000/182.', max_length=120, validators=[publications.identifiers.validate_doi], verbose_name='DOI')),
                ('full_text', models.URLField(blank=True, help_text="Address of the whole publication elsewhere, for example on a journal's site.", verbose_name='Where it can be read')),
                ('promised_proposals', models.PositiveSmallIntegerField(blank=True, help_text='What the publication says it has; the page tells how many are known here.', null=True, verbose_name='Number of action proposals')),
                ('key_findings', models.TextField(blank=True, help_text='One on each line.', null=True, verbose_name='Key findings')),
                ('key_findings_sv', models.TextField(blank=True, help_text='One on each line.', null=True, verbose_name='Key findings')),
                ('key_findings_fi', models.TextField(blank=True, help_text='One on each line.', null=True, verbose_name='Key findings')),
                ('publisher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='projects.organisation', verbose_name='Publisher')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='projects.theme', verbose_name='Theme')),
            ],
            options={
                'verbose_name': 'publication',
                'verbose_name_plural': 'publications',
                'ordering': ['-year', '-pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='material',
            name='publication',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='publications.publication', verbose_name='Publication'),
        ),
        migrations.CreateModel(
            name='Authorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='Order')),
                ('family_name', models.CharField(max_length=80, verbose_name='Family name')),
                ('given_name', models.CharField(blank=True, max_length=80, verbose_name='Given name')),
                ('affiliation', models.CharField(blank=True, max_length=200, null=True, verbose_name='Title and employer then')),
                ('affiliation_sv', models.CharField(blank=True, max_length=200, null=True, verbose_name='Title and employer then')),
                ('affiliation_fi', models.CharField(blank=True, max_length=200, null=True, verbose_name='Title and employer then')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to='publications.publication')),
            ],
            options={
                'verbose_name': 'author',
                'verbose_name_plural': 'authors',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='ActionProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(blank=True, help_text='Its number in the publication; empty when that is not known.', null=True, verbose_name='Number')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='Order')),
                ('title', models.CharField(max_length=160, null=True, verbose_name='Heading')),
                ('title_sv', models.CharField(max_length=160, null=True, verbose_name='Heading')),
                ('title_fi', models.CharField(max_length=160, null=True, verbose_name='Heading')),
                ('proposal', models.TextField(max_length=800, null=True, verbose_name='Proposal')),
                ('proposal_sv', models.TextField(max_length=800, null=True, verbose_name='Proposal')),
                ('proposal_fi', models.TextField(max_length=800, null=True, verbose_name='Proposal')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='publications.publication')),
            ],
            options={
                'verbose_name': 'action proposal',
                'verbose_name_plural': 'action proposals',
                'ordering': [models.OrderBy(models.F('number'), nulls_last=True), 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PublicationContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(blank=True, max_length=120, null=True, verbose_name='As')),
                ('role_sv', models.CharField(blank=True, max_length=120, null=True, verbose_name='As')),
                ('role_fi', models.CharField(blank=True, max_length=120, null=True, verbose_name='As')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='Order')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='publication_assignments', to='projects.contact', verbose_name='Contact')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_assignments', to='publications.publication')),
            ],
            options={
                'verbose_name': 'contact of the publication',
                'verbose_name_plural': 'contacts of the publication',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PublicationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='Order')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('when', models.CharField(blank=True, help_text='In words, for example: in spring, in August.', max_length=60, null=True, verbose_name='When in the year')),
                ('when_sv', models.CharField(blank=True, help_text='In words, for example: in spring, in August.', max_length=60, null=True, verbose_name='When in the year')),
                ('when_fi', models.CharField(blank=True, help_text='In words, for example: in spring, in August.', max_length=60, null=True, verbose_name='When in the year')),
                ('event', models.CharField(max_length=300, null=True, verbose_name='What happened')),
                ('event_sv', models.CharField(max_length=300, null=True, verbose_name='What happened')),
                ('event_fi', models.CharField(max_length=300, null=True, verbose_name='What happened')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='publications.publication')),
            ],
            options={
                'verbose_name': 'event in the history',
                'verbose_name_plural': 'history',
                'ordering': ['year', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReflectionQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='Order')),
                ('question', models.TextField(max_length=400, null=True, verbose_name='Question')),
                ('question_sv', models.TextField(max_length=400, null=True, verbose_name='Question')),
                ('question_fi', models.TextField(max_length=400, null=True, verbose_name='Question')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='publications.publication')),
            ],
            options={
                'verbose_name': 'question to reflect on',
                'verbose_name_plural': 'questions to reflect on',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Story',
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
                ('year', models.PositiveSmallIntegerField(help_text='Part of the address, and the order of the list.', verbose_name='Year')),
                ('kicker', models.CharField(blank=True, help_text='For example the series the story belongs to.', max_length=120, null=True, verbose_name='Line above the heading')),
                ('kicker_sv', models.CharField(blank=True, help_text='For example the series the story belongs to.', max_length=120, null=True, verbose_name='Line above the heading')),
                ('kicker_fi', models.CharField(blank=True, help_text='For example the series the story belongs to.', max_length=120, null=True, verbose_name='Line above the heading')),
                ('source', models.CharField(blank=True, help_text='Where the facts come from.', max_length=300, null=True, verbose_name='Source')),
                ('source_sv', models.CharField(blank=True, help_text='Where the facts come from.', max_length=300, null=True, verbose_name='Source')),
                ('source_fi', models.CharField(blank=True, help_text='Where the facts come from.', max_length=300, null=True, verbose_name='Source')),
                ('municipalities', models.ManyToManyField(blank=True, related_name='stories', to='municipalities.municipality', verbose_name='Municipalities')),
                ('publication', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stories', to='publications.publication', verbose_name='About the publication')),
                ('read_also', models.ManyToManyField(blank=True, help_text='Stories to read after this one. Without a choice: about the same publication or theme, then the newest.', related_name='+', to='publications.story', verbose_name='Read also')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stories', to='projects.theme', verbose_name='Theme')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
                'ordering': ['-year', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('caption', models.CharField(max_length=300, null=True, verbose_name='Caption')),
                ('caption_sv', models.CharField(max_length=300, null=True, verbose_name='Caption')),
                ('caption_fi', models.CharField(max_length=300, null=True, verbose_name='Caption')),
                ('long_description', models.TextField(blank=True, help_text='What the figure shows, for readers who cannot see it.', null=True, verbose_name='The same in words')),
                ('long_description_sv', models.TextField(blank=True, help_text='What the figure shows, for readers who cannot see it.', null=True, verbose_name='The same in words')),
                ('long_description_fi', models.TextField(blank=True, help_text='What the figure shows, for readers who cannot see it.', null=True, verbose_name='The same in words')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='Order')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='content.image', verbose_name='Picture')),
                ('publication', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='publications.publication')),
                ('story', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='publications.story')),
            ],
            options={
                'verbose_name': 'figure',
                'verbose_name_plural': 'figures',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TaskArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('slug_sv', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('slug_fi', models.SlugField(blank=True, db_index=False, help_text="Last part of the page's address. Left empty, it is made from the title. The old address keeps working when you change it.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a–z, digits and single hyphens, for example “valfard-i-esbo”.')], verbose_name='Address')),
                ('name', models.CharField(max_length=120, null=True, verbose_name='Name')),
                ('name_sv', models.CharField(max_length=120, null=True, verbose_name='Name')),
                ('name_fi', models.CharField(max_length=120, null=True, verbose_name='Name')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='Order')),
            ],
            options={
                'verbose_name': 'task area',
                'verbose_name_plural': 'task areas',
                'ordering': ['position', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('slug_sv',), name='taskarea_slug_sv_is_its_own', violation_error_message='Another item already has this address.'), models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='taskarea_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'), models.UniqueConstraint(fields=('slug_fi',), name='taskarea_slug_fi_is_its_own', violation_error_message='Another item already has this address.'), models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='taskarea_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'), models.CheckConstraint(condition=models.Q(('name_sv__isnull', False), models.Q(('name_sv', ''), _negated=True), ('name_fi__isnull', False), models.Q(('name_fi', ''), _negated=True)), name='task_area_is_named_in_both_languages', violation_error_message='Give the name in both languages; they may be equal.'), models.CheckConstraint(condition=models.Q(('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True)), name='task_area_has_an_address_in_both_languages', violation_error_message='The task area needs an address in both languages.')],
            },
        ),
        migrations.AddField(
            model_name='practice',
            name='task_areas',
            field=models.ManyToManyField(blank=True, related_name='practices', to='publications.taskarea', verbose_name='Task areas'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taskarea',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='00261c3341fd035c3300c372750d3531cc53fd45', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_7a9ba', table='publications_taskarea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taskarea',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['name']::text[], ARRAY[]::text[]); RETURN NULL;", hash='3c723096740dc38e5ba67fcac859b4b52fa2f6c0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_d63fb', table='publications_taskarea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taskarea',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('publications_practice', ARRAY(SELECT practice_id FROM publications_practice_task_areas WHERE taskarea_id IN (OLD.id, NEW.id)));\nRETURN NULL;", hash='883cd0d4e448141a12085692723c1f1369bcff31', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_39c2a', table='publications_taskarea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taskarea',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['name', 'slug']::text[], ARRAY[]::text[]); RETURN NULL;", hash='11a350d32acfedc5d7b0912019e58bc87df76f71', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_98ea5', table='publications_taskarea', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.CheckConstraint(condition=models.Q(('reading_state__in', ['none', 'waiting', 'read', 'failed'])), name='materialfile_reading_state_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reading_state', 'failed'), models.Q(('reading_problem', ''), _negated=True)), models.Q(models.Q(('reading_state', 'failed'), _negated=True), ('reading_problem', '')), _connector='OR'), name='materialfile_that_could_not_be_read_has_a_reason', violation_error_message='Say why the file could not be read.'),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.CheckConstraint(condition=models.Q(('text_checked_at__isnull', True), models.Q(('reading_text', ''), _negated=True), _connector='OR'), name='materialfile_has_a_text_before_it_is_checked', violation_error_message='Only a text that is there can be checked.'),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.CheckConstraint(condition=models.Q(('text_checked_by__isnull', True), ('text_checked_at__isnull', False), _connector='OR'), name='materialfile_is_checked_at_a_moment', violation_error_message='Say when the text was checked.'),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.UniqueConstraint(fields=('material', 'role', 'language', 'format', 'version'), name='material_file_version_is_its_own', violation_error_message='There already is a file in this language and version.'),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'fi', 'sv+fi', 'en'])), name='material_file_language_is_known', violation_error_message='Choose the language of the file.'),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['content', 'captions'])), name='material_file_role_is_known', violation_error_message='Choose what the file is to the material.'),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='material_file_versions_count_from_one', violation_error_message='The first version is number 1.'),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='material_file_has_a_checksum', violation_error_message='The file has no checksum.'),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.CheckConstraint(condition=models.Q(('crc32__isnull', True), ('crc32__lte', 4294967295), _connector='OR'), name='material_file_crc32_has_32_bits', violation_error_message="The file's checksum for packages is no such number."),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='materialfile',
            trigger=pgtrigger.compiler.Trigger(name='freeze_published_bytes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.published_at IS NOT NULL AND (OLD.file, OLD.sha256, OLD.size, OLD.language, OLD.version, OLD.format, OLD.role, OLD.material_id) IS DISTINCT FROM (NEW.file, NEW.sha256, NEW.size, NEW.language, NEW.version, NEW.format, NEW.role, NEW.material_id))', func="\n                    RAISE EXCEPTION 'violates the rule material_file_published_never_changes'\n                        USING ERRCODE = 'check_violation',\n                              CONSTRAINT = 'material_file_published_never_changes';", hash='0c1565c0309d1f8b13af06933a690eaee36b07ff', operation='UPDATE', pgid='pgtrigger_freeze_published_bytes_c0630', table='publications_materialfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='materialfile',
            trigger=pgtrigger.compiler.Trigger(name='material_keeps_published_files', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE item RECORD;', func="\n            IF TG_OP = 'DELETE' THEN item := OLD; ELSE item := NEW; END IF;\n            IF \n                    OLD.published_at IS NOT NULL AND EXISTS (\n                        SELECT FROM publications_material WHERE id = OLD.material_id) THEN\n                RAISE EXCEPTION 'violates the rule material_keeps_published_files'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'material_keeps_published_files';\n            END IF;\n            RETURN NULL;\n        ", hash='be52787aa15d9ac849f0b7cc099262f888382fb8', operation='DELETE', pgid='pgtrigger_material_keeps_published_files_fe3a0', table='publications_materialfile', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='materialfile',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('publications_material', ARRAY[OLD.material_id, NEW.material_id]);\nRETURN NULL;", hash='37ed52ef9af82ee43149b1d346f4396dd2ed5135', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_2974d', table='publications_materialfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='materialfile',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['material_id=publications_material']::text[], ARRAY['crc32', 'page_pictures', 'reading_problem', 'reading_state']::text[], ARRAY['reading_text', 'pages', 'seconds']::text[]); RETURN NULL;", hash='5b51f258a9cf15efe082e6ddff212975216c7a80', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_852a7', table='publications_materialfile', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='downloadday',
            constraint=models.UniqueConstraint(fields=('file', 'language', 'day'), name='download_day_is_kept_once_for_a_file_and_language', violation_error_message='The downloads of this file and day are already kept.'),
        ),
        migrations.AddConstraint(
            model_name='downloadday',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'fi'])), name='download_day_language_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='downloadday',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='download_day_counts_from_one', violation_error_message='A day without downloads is not kept.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='downloadday',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['file_id=publications_materialfile']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='70ad95f080dc3cf1a57a67683c3866ecebe70930', operation='DELETE', pgid='pgtrigger_keep_history_e824a', table='publications_downloadday', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='adoptionrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('email', ''), _negated=True)), name='adoption_request_says_whom_to_ask', violation_error_message='Give the name and the e-mail address.'),
        ),
        migrations.AddConstraint(
            model_name='adoptionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'fi'])), name='adoption_request_is_in_one_of_our_languages', violation_error_message='Choose Swedish or Finnish.'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.UniqueConstraint(fields=('practice', 'municipality'), name='practice_names_a_municipality_once', violation_error_message='The municipality is already named.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('publications_practice', ARRAY[OLD.practice_id, NEW.practice_id]);\nRETURN NULL;", hash='2dcf2fb19366940935646774d5efe7921fdb0967', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_149fd', table='publications_adoption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['practice_id=publications_practice']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='2931655a3b830429e93fd88cf64893c04c7cb41d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_43f3a', table='publications_adoption', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='publication_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='publication_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='publication_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='publication_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['draft', 'public', 'withdrawn'])), name='publication_decision_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='publication_pairing_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='publication_published_since_a_moment', violation_error_message='Say from which moment the item is public.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('withdraw_at__isnull', True), ('publish_at__isnull', True), ('withdraw_at__gt', models.F('publish_at')), _connector='OR'), name='publication_withdrawn_after_published', violation_error_message='The item must be taken down after it is published.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('pairing', 'both'), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), models.Q(('pairing_reason', ''), _negated=True), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), models.Q(('pairing_reason', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), _connector='OR'), name='publication_published_is_complete_or_declared', violation_error_message='To be public, the text must be complete in both languages, or be declared to exist in one language only, with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['report', 'guide', 'article'])), name='publication_kind_is_known', violation_error_message='Choose report, guide or article.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('original_language__in', ['sv', 'fi', 'sv+fi'])), name='publication_original_language_is_known', violation_error_message='Choose the language the work is written in.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('year__range', (1900, 2100))), name='publication_year_is_a_year', violation_error_message='Write the year with four digits.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('doi', ''), ('doi__regex', '^10\\.[0-9]{4,9}/[^[:space:]]+$'), _connector='OR'), name='publication_doi_is_a_doi', violation_error_message='Write the DOI as 10.1000/182, without an address.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='56cd7141638e8838c1a6c275c5af4c4581d5c5b1', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_f32a4', table='publications_publication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'lead', 'body', 'easy_language', 'withdrawn_because', 'place', 'key_findings']::text[], ARRAY['body', 'easy_language']::text[]); RETURN NULL;", hash='1b2dee6ce7b83080f7e806d7b6b287fabc981cc0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_f9dbb', table='publications_publication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nPERFORM search_note('publications_material', ARRAY(SELECT id FROM publications_material WHERE publication_id IN (OLD.id, NEW.id)));\nRETURN NULL;", hash='3ca0c535db815ad3fb189273a09e2dcc54383bc5', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_bc478', table='publications_publication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'easy_language', 'key_findings', 'lead', 'place', 'slug', 'title', 'updated_at', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;", hash='b4dfb2bdbcb158e624418a7f3a221710ff7f30e0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_18544', table='publications_publication', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='material_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='material_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='material_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='material_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['draft', 'public', 'withdrawn'])), name='material_decision_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='material_pairing_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='material_published_since_a_moment', violation_error_message='Say from which moment the item is public.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('withdraw_at__isnull', True), ('publish_at__isnull', True), ('withdraw_at__gt', models.F('publish_at')), _connector='OR'), name='material_withdrawn_after_published', violation_error_message='The item must be taken down after it is published.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('pairing', 'both'), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), models.Q(('pairing_reason', ''), _negated=True), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), models.Q(('pairing_reason', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), _connector='OR'), name='material_published_is_complete_or_declared', violation_error_message='To be public, the text must be complete in both languages, or be declared to exist in one language only, with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('access__in', ['everybody', 'members'])), name='material_access_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('access', 'everybody'), ('poster__isnull', True), _connector='OR'), name='material_for_members_has_no_picture_of_the_library', violation_error_message='The pictures of the library are open to everybody: take the picture away from a material for members.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('project__isnull', False), ('publication__isnull', True), ('theme__isnull', True), ('workshop__isnull', True)), models.Q(('project__isnull', True), ('publication__isnull', True), ('theme__isnull', False), ('workshop__isnull', True)), models.Q(('project__isnull', True), ('publication__isnull', True), ('theme__isnull', True), ('workshop__isnull', False)), models.Q(('project__isnull', True), ('publication__isnull', False), ('theme__isnull', True), ('workshop__isnull', True)), _connector='OR'), name='material_belongs_to_exactly_one_thing', violation_error_message='Choose the one project, theme, workshop or publication it belongs to.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('licence', ''), _negated=True), _connector='OR'), name='material_published_has_a_licence', violation_error_message='Choose a licence before the material can be public.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('type', 'link'), _negated=True), models.Q(('link_sv__isnull', False), models.Q(('link_sv', ''), _negated=True)), models.Q(('link_fi__isnull', False), models.Q(('link_fi', ''), _negated=True)), _connector='OR'), name='material_published_link_leads_somewhere', violation_error_message='Give the address that the link leads to.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['slides', 'video', 'document', 'worksheet', 'data', 'link'])), name='material_type_is_known', violation_error_message='Choose one of the types.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('licence__in', ['', 'cc-by-4.0', 'cc-by-sa-4.0', 'cc0-1.0', 'own-use', 'elsewhere'])), name='material_licence_is_known', violation_error_message='Choose one of the licences.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='material',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='fbff283e04ee7e3209e75df540ac6507ed8c8f7e', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_b6d52', table='publications_material', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='material',
            trigger=pgtrigger.compiler.Trigger(name='close_in_search', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.access <> OLD.access)', func='\n                    DELETE FROM search_searchentry\n                        WHERE kind = TG_TABLE_NAME AND object_id = NEW.id;\n                    RETURN NULL;', hash='2fc87dde5b3003a14a147deec91f4c2fca40869a', operation='UPDATE OF "access"', pgid='pgtrigger_close_in_search_c53ab', table='publications_material', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='material',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'lead', 'body', 'easy_language', 'withdrawn_because', 'audience', 'attribution', 'transcript']::text[], ARRAY['body', 'easy_language']::text[]); RETURN NULL;", hash='53064923885c92bb05575ce3ffc22614998b99d9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_ff15c', table='publications_material', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='material',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='21c087080dd028200efda05f7a8303e343e28ff5', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_b624f', table='publications_material', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='material',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['attribution', 'audience', 'body', 'easy_language', 'lead', 'link', 'slug', 'title', 'transcript', 'updated_at', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;", hash='3bcfa5843cd1e6cd568f1993852353b85fe41ceb', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_21c2f', table='publications_material', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='authorship',
            constraint=models.UniqueConstraint(fields=('publication', 'position'), name='author_has_a_place_in_the_order', violation_error_message='Another author has this place in the order.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='authorship',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['affiliation']::text[], ARRAY[]::text[]); RETURN NULL;", hash='c7ed62f3ac159d6ef638b2936ef4b2526ea72281', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_25c65', table='publications_authorship', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='authorship',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('publications_publication', ARRAY[OLD.publication_id, NEW.publication_id]);\nRETURN NULL;", hash='7137c84c9aa411feb1cc848040b3ffa3fb2054e7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_40bf4', table='publications_authorship', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='authorship',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['publication_id=publications_publication']::text[], ARRAY['affiliation']::text[], ARRAY[]::text[]); RETURN NULL;", hash='304b4fd71c27581f3cad80f55b37fb6f2ae5d456', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_c9892', table='publications_authorship', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='actionproposal',
            constraint=models.UniqueConstraint(fields=('publication', 'number'), name='proposal_number_is_its_own', violation_error_message='Another proposal has this number.'),
        ),
        migrations.AddConstraint(
            model_name='actionproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True)), models.Q(('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True)), _connector='OR'), name='proposal_has_a_heading', violation_error_message='Give the heading in one language at least.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionproposal',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'proposal']::text[], ARRAY[]::text[]); RETURN NULL;", hash='de0d0575138cb9f1d01fdaf4d6795c11bd7c4810', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_a62ea', table='publications_actionproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionproposal',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('publications_publication', ARRAY[OLD.publication_id, NEW.publication_id]);\nRETURN NULL;", hash='cb229bf3d1c5df0e91ccaf0b6179ed3312b1a649', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_b1002', table='publications_actionproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionproposal',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['publication_id=publications_publication']::text[], ARRAY['proposal', 'title']::text[], ARRAY[]::text[]); RETURN NULL;", hash='ca8ab0430d47da58306b9ca4c90515ac12c7c1ff', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_95969', table='publications_actionproposal', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='publicationcontact',
            constraint=models.UniqueConstraint(fields=('publication', 'contact'), name='publication_names_a_contact_once', violation_error_message='The contact is already named.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationcontact',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['role']::text[], ARRAY[]::text[]); RETURN NULL;", hash='0484602fe9cf4e887bb34621019f7026973da115', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_c3ed0', table='publications_publicationcontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationcontact',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['publication_id=publications_publication', 'contact_id=projects_contact']::text[], ARRAY['role']::text[], ARRAY[]::text[]); RETURN NULL;", hash='b56098a1db89744abaeb46bcf019721e7cd88016', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_01248', table='publications_publicationcontact', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='publicationevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event_sv__isnull', False), models.Q(('event_sv', ''), _negated=True)), models.Q(('event_fi__isnull', False), models.Q(('event_fi', ''), _negated=True)), _connector='OR'), name='publication_event_says_what_happened', violation_error_message='Say what happened, in one language at least.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationevent',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['when', 'event']::text[], ARRAY[]::text[]); RETURN NULL;", hash='57cb35ab176b63993a9a8e8669acea9b2389e2c1', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_b78a8', table='publications_publicationevent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationevent',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['publication_id=publications_publication']::text[], ARRAY['event', 'when']::text[], ARRAY[]::text[]); RETURN NULL;", hash='ce4c08743bda225ca73373b18923800bfa9d224b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_e7939', table='publications_publicationevent', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reflectionquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('question_sv__isnull', False), models.Q(('question_sv', ''), _negated=True)), models.Q(('question_fi__isnull', False), models.Q(('question_fi', ''), _negated=True)), _connector='OR'), name='reflection_question_is_asked', violation_error_message='Write the question in one language at least.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reflectionquestion',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['question']::text[], ARRAY[]::text[]); RETURN NULL;", hash='f261a1754687a134f8b182e75d4b4937dd416682', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_ec13b', table='publications_reflectionquestion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reflectionquestion',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('publications_publication', ARRAY[OLD.publication_id, NEW.publication_id]);\nRETURN NULL;", hash='00eea8a767c0ea6758ffa858bffd0f3646ffc3d6', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_cf3ea', table='publications_reflectionquestion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reflectionquestion',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['publication_id=publications_publication']::text[], ARRAY['question']::text[], ARRAY[]::text[]); RETURN NULL;", hash='04af45a8ce72b6c3473abbeebabbd0c330816687', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_f63e4', table='publications_reflectionquestion', when='AFTER')),
        ),
        migrations.CreateModel(
            name='StoryMunicipality',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('publications.story_municipalities',),
        ),
        migrations.CreateModel(
            name='StoryReadAlso',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('publications.story_read_also',),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='story_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='story_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='story_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='story_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['draft', 'public', 'withdrawn'])), name='story_decision_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='story_pairing_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='story_published_since_a_moment', violation_error_message='Say from which moment the item is public.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('withdraw_at__isnull', True), ('publish_at__isnull', True), ('withdraw_at__gt', models.F('publish_at')), _connector='OR'), name='story_withdrawn_after_published', violation_error_message='The item must be taken down after it is published.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('pairing', 'both'), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('body_sv__isnull', False), models.Q(('body_sv', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True), ('body_fi__isnull', False), models.Q(('body_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), models.Q(('pairing_reason', ''), _negated=True), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('body_sv__isnull', False), models.Q(('body_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), models.Q(('pairing_reason', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True), ('body_fi__isnull', False), models.Q(('body_fi', ''), _negated=True)), _connector='OR'), name='story_published_is_complete_or_declared', violation_error_message='To be public, the text must be complete in both languages, or be declared to exist in one language only, with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('year__range', (1900, 2100))), name='story_year_is_a_year', violation_error_message='Write the year with four digits.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='story',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='93e138acb20d462c3489693f984d0fa685ee02ef', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_61216', table='publications_story', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='story',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'lead', 'body', 'easy_language', 'withdrawn_because', 'kicker', 'source']::text[], ARRAY['body', 'easy_language']::text[]); RETURN NULL;", hash='cb9cc721b0159db5b023f11aa5fd199cb51c6e00', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_c7034', table='publications_story', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='story',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='087f892cd44b33796ec0b0cdf5eee81dfccfda63', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_7bd7d', table='publications_story', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='story',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'easy_language', 'kicker', 'lead', 'slug', 'source', 'title', 'updated_at', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;", hash='bbf5dbe96e22dfd0a3a9ba9570044222688d70a8', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_1e8be', table='publications_story', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication__isnull', True), ('story__isnull', False)), models.Q(('publication__isnull', False), ('story__isnull', True)), _connector='OR'), name='figure_belongs_to_one_story_or_publication', violation_error_message='Choose a story or a publication.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['caption', 'long_description']::text[], ARRAY[]::text[]); RETURN NULL;", hash='3d4099823284c34f8c1a82bd28a7c99e7f802742', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_7e6c4', table='publications_figure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('publications_story', ARRAY[OLD.story_id, NEW.story_id]);\nPERFORM search_note('publications_publication', ARRAY[OLD.publication_id, NEW.publication_id]);\nRETURN NULL;", hash='7bc089bd172083afe74423a7275e6755707fefe0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_39c17', table='publications_figure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['story_id=publications_story', 'publication_id=publications_publication']::text[], ARRAY['caption', 'long_description']::text[], ARRAY[]::text[]); RETURN NULL;", hash='dba23e3bb5634f070b92c0d294d7858ba57b388d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_93892', table='publications_figure', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='practice_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='practice_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='practice_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='practice_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['draft', 'public', 'withdrawn'])), name='practice_decision_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='practice_pairing_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='practice_published_since_a_moment', violation_error_message='Say from which moment the item is public.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('withdraw_at__isnull', True), ('publish_at__isnull', True), ('withdraw_at__gt', models.F('publish_at')), _connector='OR'), name='practice_withdrawn_after_published', violation_error_message='The item must be taken down after it is published.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('pairing', 'both'), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), models.Q(('pairing_reason', ''), _negated=True), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), models.Q(('pairing_reason', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), _connector='OR'), name='practice_published_is_complete_or_declared', violation_error_message='To be public, the text must be complete in both languages, or be declared to exist in one language only, with a reason.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='practice',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='9a9d3f0ea5045d8cea5a3269b67648e57d115185', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_1b4af', table='publications_practice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='practice',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'lead', 'body', 'easy_language', 'withdrawn_because', 'need', 'idea', 'how', 'results', 'requirements']::text[], ARRAY['body', 'easy_language', 'need', 'idea', 'how', 'results', 'requirements']::text[]); RETURN NULL;", hash='fda55899bbebfbd3552aa8ddfa3573c67877360c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_dd156', table='publications_practice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='practice',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='f369db4c38deba7c3c90b5b58e6fc0eec2e6291c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_de37b', table='publications_practice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='practice',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'easy_language', 'how', 'idea', 'lead', 'need', 'requirements', 'results', 'slug', 'title', 'updated_at', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;", hash='367685adf72cd099cd3806e8e64cd7f2ac80a65a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_a38a0', table='publications_practice', when='AFTER')),
        ),
        migrations.CreateModel(
            name='PracticeTaskArea',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('publications.practice_task_areas',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='storymunicipality',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('publications_story', ARRAY[OLD.story_id, NEW.story_id]);\nRETURN NULL;", hash='fb47686259291f4704ebf1f49c97dd881abe47ee', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_0f629', table='publications_story_municipalities', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='storymunicipality',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['story_id=publications_story', 'municipality_id=municipalities_municipality']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='200004af42c67ae375f5f3fd880a5308c94e9cb2', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_a71eb', table='publications_story_municipalities', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='storyreadalso',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['from_story_id=publications_story', 'to_story_id=publications_story']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='5580e36902295f7d2624ca4e078b3b669790a063', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_3a9e7', table='publications_story_read_also', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='practicetaskarea',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('publications_practice', ARRAY[OLD.practice_id, NEW.practice_id]);\nRETURN NULL;", hash='21d2a680cfa0a249d2646fd7a9255f041c2d5e53', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_bd06d', table='publications_practice_task_areas', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='practicetaskarea',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['practice_id=publications_practice', 'taskarea_id=publications_taskarea']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='943142cb5c0914c7bb399d3f44bfcbacab458a2b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_260a9', table='publications_practice_task_areas', when='AFTER')),
        ),
    ]
