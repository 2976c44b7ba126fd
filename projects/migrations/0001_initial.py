import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import projects.models.project
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('content', '0001_initial'),
        ('municipalities', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('content', '0002_functions'),  # functions that the triggers call
        ('history', '0002_functions'),
        ('search', '0002_functions'),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='Number')),
                ('goal', models.TextField(max_length=400, null=True, verbose_name='Goal')),
                ('goal_sv', models.TextField(max_length=400, null=True, verbose_name='Goal')),
                ('goal_fi', models.TextField(max_length=400, null=True, verbose_name='Goal')),
            ],
            options={
                'verbose_name': 'goal',
                'verbose_name_plural': 'goals',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateField(verbose_name='From')),
                ('end', models.DateField(blank=True, null=True, verbose_name='Until')),
                ('is_example', models.BooleanField(default=False, help_text='While one participation is an example, every page says so.', verbose_name='Example data')),
            ],
            options={
                'verbose_name': 'participation',
                'verbose_name_plural': 'participations',
            },
        ),
        migrations.CreateModel(
            name='Programme',
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
            ],
            options={
                'verbose_name': 'programme',
                'verbose_name_plural': 'programmes',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProgrammeParticipant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_case', models.BooleanField(default=False, help_text='A case municipality of the study.', verbose_name='Studied in depth')),
            ],
            options={
                'verbose_name': 'municipality in the programme',
                'verbose_name_plural': 'municipalities in the programme',
            },
        ),
        migrations.CreateModel(
            name='Project',
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
                ('first_year', models.PositiveSmallIntegerField(verbose_name='First year')),
                ('first_half', models.PositiveSmallIntegerField(choices=[(1, 'spring'), (2, 'autumn')], verbose_name='First half-year')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='Last year')),
                ('last_half', models.PositiveSmallIntegerField(choices=[(1, 'spring'), (2, 'autumn')], verbose_name='Last half-year')),
            ],
            options={
                'verbose_name': 'project',
                'verbose_name_plural': 'projects',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProjectRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'Owner'), ('funder', 'Funder'), ('partner', 'Partner')], max_length=7, verbose_name='Role')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='Order')),
            ],
            options={
                'verbose_name': 'organisation in the project',
                'verbose_name_plural': 'organisations in the project',
                'ordering': ['role', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Theme',
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
                ('thread', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4')], help_text="The colour and motif that mark the theme's workshops, materials and stories.", unique=True, verbose_name='Thread')),
            ],
            options={
                'verbose_name': 'theme',
                'verbose_name_plural': 'themes',
                'ordering': ['thread'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ThemePeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('half', models.PositiveSmallIntegerField(choices=[(1, 'spring'), (2, 'autumn')], verbose_name='Half-year')),
                ('is_main', models.BooleanField(default=True, verbose_name='Main theme')),
                ('summary', models.CharField(blank=True, help_text='One sentence for the timeline, for example which part of a process it was.', max_length=300, null=True, verbose_name='What was done')),
                ('summary_sv', models.CharField(blank=True, help_text='One sentence for the timeline, for example which part of a process it was.', max_length=300, null=True, verbose_name='What was done')),
                ('summary_fi', models.CharField(blank=True, help_text='One sentence for the timeline, for example which part of a process it was.', max_length=300, null=True, verbose_name='What was done')),
            ],
            options={
                'verbose_name': 'theme of a half-year',
                'verbose_name_plural': 'themes of half-years',
                'ordering': ['year', 'half', '-is_main'],
            },
        ),
        migrations.CreateModel(
            name='Workshop',
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
                ('level', models.CharField(choices=[('municipality', 'For a municipality'), ('regional', 'Regional'), ('national', 'National')], default='national', max_length=12, verbose_name='Level')),
                ('day', models.DateField(verbose_name='Day')),
                ('last_day', models.DateField(blank=True, help_text='Left empty: the same day.', verbose_name='Last day')),
                ('start_time', models.TimeField(blank=True, help_text='Empty when the time is not known.', null=True, verbose_name='Begins')),
                ('end_time', models.TimeField(blank=True, null=True, verbose_name='Ends')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('confirmed', 'Confirmed'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('held', 'Held')], default='planned', max_length=9, verbose_name='Status')),
                ('former_day', models.DateField(blank=True, help_text='Kept by itself when the day of a public workshop changes. Readers see it while the status is moved.', null=True, verbose_name='Former day')),
                ('place', models.CharField(blank=True, max_length=200, null=True, verbose_name='Place')),
                ('place_sv', models.CharField(blank=True, max_length=200, null=True, verbose_name='Place')),
                ('place_fi', models.CharField(blank=True, max_length=200, null=True, verbose_name='Place')),
                ('online_url', models.URLField(blank=True, verbose_name='Address for taking part online')),
                ('audience', models.CharField(blank=True, max_length=300, null=True, verbose_name='For whom')),
                ('audience_sv', models.CharField(blank=True, max_length=300, null=True, verbose_name='For whom')),
                ('audience_fi', models.CharField(blank=True, max_length=300, null=True, verbose_name='For whom')),
                ('participants', models.PositiveSmallIntegerField(blank=True, help_text='How many took part. Empty when it is not known: it is never guessed.', null=True, verbose_name='Number of participants')),
                ('programme', models.TextField(blank=True, null=True, verbose_name='Programme')),
                ('programme_sv', models.TextField(blank=True, null=True, verbose_name='Programme')),
                ('programme_fi', models.TextField(blank=True, null=True, verbose_name='Programme')),
                ('questions', models.TextField(blank=True, null=True, verbose_name='Questions to work on')),
                ('questions_sv', models.TextField(blank=True, null=True, verbose_name='Questions to work on')),
                ('questions_fi', models.TextField(blank=True, null=True, verbose_name='Questions to work on')),
                ('outcome', models.TextField(blank=True, null=True, verbose_name='Outcome')),
                ('outcome_sv', models.TextField(blank=True, null=True, verbose_name='Outcome')),
                ('outcome_fi', models.TextField(blank=True, null=True, verbose_name='Outcome')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'workshop',
                'verbose_name_plural': 'workshops',
                'ordering': ['-day', '-start_time'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WorkshopSeries',
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
                ('outcome', models.TextField(blank=True, help_text='What came of it: shown first on the page.', null=True, verbose_name='Outcome')),
                ('outcome_sv', models.TextField(blank=True, help_text='What came of it: shown first on the page.', null=True, verbose_name='Outcome')),
                ('outcome_fi', models.TextField(blank=True, help_text='What came of it: shown first on the page.', null=True, verbose_name='Outcome')),
            ],
            options={
                'verbose_name': 'series of workshops',
                'verbose_name_plural': 'series of workshops',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('title', models.CharField(blank=True, max_length=160, null=True, verbose_name='Job title')),
                ('title_sv', models.CharField(blank=True, max_length=160, null=True, verbose_name='Job title')),
                ('title_fi', models.CharField(blank=True, max_length=160, null=True, verbose_name='Job title')),
                ('unit', models.CharField(blank=True, max_length=200, null=True, verbose_name='Unit')),
                ('unit_sv', models.CharField(blank=True, max_length=200, null=True, verbose_name='Unit')),
                ('unit_fi', models.CharField(blank=True, max_length=200, null=True, verbose_name='Unit')),
                ('responsibilities', models.TextField(blank=True, help_text='One on each line.', null=True, verbose_name='Responsibilities')),
                ('responsibilities_sv', models.TextField(blank=True, help_text='One on each line.', null=True, verbose_name='Responsibilities')),
                ('responsibilities_fi', models.TextField(blank=True, help_text='One on each line.', null=True, verbose_name='Responsibilities')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='Telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail address')),
                ('service_languages', models.CharField(blank=True, choices=[('sv+fi', 'Swedish and Finnish'), ('sv', 'Swedish'), ('fi', 'Finnish')], max_length=5, verbose_name='Serves in')),
                ('visible_until', models.DateField(blank=True, help_text='After this day no page shows the person.', null=True, verbose_name='Visible until')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='Order')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='content.image', verbose_name='Photo')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='ContactAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(blank=True, help_text='For example: facilitator, project manager in 2017.', max_length=120, null=True, verbose_name='As')),
                ('role_sv', models.CharField(blank=True, help_text='For example: facilitator, project manager in 2017.', max_length=120, null=True, verbose_name='As')),
                ('role_fi', models.CharField(blank=True, help_text='For example: facilitator, project manager in 2017.', max_length=120, null=True, verbose_name='As')),
                ('is_facilitator', models.BooleanField(default=False, help_text='Of a workshop: named among its facts, also on the page of its series.', verbose_name='Facilitator')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='Order')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='projects.contact', verbose_name='Contact')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contact_assignments', to='municipalities.municipality', verbose_name='Municipality')),
                ('regional_actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contact_assignments', to='municipalities.regionalactor', verbose_name='Regional actor')),
            ],
            options={
                'verbose_name': 'assignment of a contact',
                'verbose_name_plural': 'assignments of contacts',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, null=True, verbose_name='Name')),
                ('name_sv', models.CharField(max_length=160, null=True, verbose_name='Name')),
                ('name_fi', models.CharField(max_length=160, null=True, verbose_name='Name')),
                ('abbreviation', models.CharField(blank=True, max_length=20, null=True, verbose_name='Abbreviation')),
                ('abbreviation_sv', models.CharField(blank=True, max_length=20, null=True, verbose_name='Abbreviation')),
                ('abbreviation_fi', models.CharField(blank=True, max_length=20, null=True, verbose_name='Abbreviation')),
                ('gloss', models.CharField(blank=True, help_text='When the name itself is in the other language: what it means.', max_length=160, null=True, verbose_name='Explanation')),
                ('gloss_sv', models.CharField(blank=True, help_text='When the name itself is in the other language: what it means.', max_length=160, null=True, verbose_name='Explanation')),
                ('gloss_fi', models.CharField(blank=True, help_text='When the name itself is in the other language: what it means.', max_length=160, null=True, verbose_name='Explanation')),
                ('name_language', models.CharField(blank=True, choices=[('sv', 'Swedish'), ('fi', 'Finnish')], help_text='Only for a name that is the same in both languages but belongs to one.', max_length=2, verbose_name='Language of the name')),
                ('website', models.URLField(blank=True, null=True, verbose_name='Website')),
                ('website_sv', models.URLField(blank=True, null=True, verbose_name='Website')),
                ('website_fi', models.URLField(blank=True, null=True, verbose_name='Website')),
                ('phone', models.CharField(blank=True, help_text='Shown on the page of contacts, for the owner of the project.', max_length=60, verbose_name='Switchboard')),
                ('visiting_address', models.CharField(blank=True, max_length=200, null=True, verbose_name='Visiting address')),
                ('visiting_address_sv', models.CharField(blank=True, max_length=200, null=True, verbose_name='Visiting address')),
                ('visiting_address_fi', models.CharField(blank=True, max_length=200, null=True, verbose_name='Visiting address')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name_sv__isnull', False), models.Q(('name_sv', ''), _negated=True), ('name_fi__isnull', False), models.Q(('name_fi', ''), _negated=True)), name='organisation_is_named_in_both_languages', violation_error_message='Give the name in both languages; they may be equal.')],
            },
        ),
        migrations.AddField(
            model_name='contact',
            name='employer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='projects.organisation', verbose_name='Employer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['name', 'abbreviation', 'gloss', 'visiting_address']::text[], ARRAY[]::text[]); RETURN NULL;", hash='671295c7b81ca7889c984c6a632f1c92f264618c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_64e09', table='projects_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('projects_programme', ARRAY(SELECT id FROM projects_programme WHERE coordinator_id IN (OLD.id, NEW.id)));\nPERFORM search_note('projects_contact', ARRAY(SELECT id FROM projects_contact WHERE employer_id IN (OLD.id, NEW.id)));\nPERFORM search_note('publications_publication', ARRAY(SELECT id FROM publications_publication WHERE publisher_id IN (OLD.id, NEW.id)));\nRETURN NULL;", hash='3ae3492684dab3a5cf5ab6ff205b29258934a6e5', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_0e468', table='projects_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['abbreviation', 'gloss', 'name', 'visiting_address', 'website']::text[], ARRAY[]::text[]); RETURN NULL;", hash='f4beca8f8d11dba70b0854a7d6d188d9dd839a0d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_9978e', table='projects_organisation', when='AFTER')),
        ),
        migrations.AddField(
            model_name='participation',
            name='municipality',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='municipalities.municipality', verbose_name='Municipality'),
        ),
        migrations.AddField(
            model_name='participation',
            name='regional_actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='municipalities.regionalactor', verbose_name='Regional actor'),
        ),
        migrations.AddField(
            model_name='programme',
            name='coordinator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='projects.organisation', verbose_name='Co-ordinated by'),
        ),
        migrations.AddField(
            model_name='programme',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible'),
        ),
        migrations.AddField(
            model_name='programmeparticipant',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programme_participations', to='municipalities.municipality', verbose_name='Municipality'),
        ),
        migrations.AddField(
            model_name='programmeparticipant',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='projects.programme'),
        ),
        migrations.AddField(
            model_name='programme',
            name='municipalities',
            field=models.ManyToManyField(related_name='programmes', through='projects.ProgrammeParticipant', to='municipalities.municipality', verbose_name='Municipalities'),
        ),
        migrations.AddField(
            model_name='project',
            name='programme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='projects.programme', verbose_name='Part of the programme'),
        ),
        migrations.AddField(
            model_name='project',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible'),
        ),
        migrations.AddField(
            model_name='participation',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='projects.project'),
        ),
        migrations.AddField(
            model_name='goal',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='projects.project'),
        ),
        migrations.AddField(
            model_name='contactassignment',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contact_assignments', to='projects.project', verbose_name='Project'),
        ),
        migrations.AddField(
            model_name='projectrole',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='project_roles', to='projects.organisation', verbose_name='Organisation'),
        ),
        migrations.AddField(
            model_name='projectrole',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='projects.project'),
        ),
        migrations.AddField(
            model_name='theme',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible'),
        ),
        migrations.AddField(
            model_name='contactassignment',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contact_assignments', to='projects.theme', verbose_name='Theme'),
        ),
        migrations.AddField(
            model_name='themeperiod',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='periods', to='projects.project'),
        ),
        migrations.AddField(
            model_name='themeperiod',
            name='theme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='projects.theme', verbose_name='Theme'),
        ),
        migrations.AddField(
            model_name='workshop',
            name='municipalities',
            field=models.ManyToManyField(blank=True, related_name='workshops', to='municipalities.municipality', verbose_name='Municipalities'),
        ),
        migrations.AddField(
            model_name='workshop',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible'),
        ),
        migrations.AddField(
            model_name='workshop',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='workshops', to='projects.theme', verbose_name='Theme'),
        ),
        migrations.AddField(
            model_name='contactassignment',
            name='workshop',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contact_assignments', to='projects.workshop', verbose_name='Workshop'),
        ),
        migrations.AddField(
            model_name='workshopseries',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible'),
        ),
        migrations.AddField(
            model_name='workshopseries',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='series', to='projects.theme', verbose_name='Theme'),
        ),
        migrations.AddField(
            model_name='workshop',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='workshops', to='projects.workshopseries', verbose_name='Series'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('service_languages__in', ['', 'sv+fi', 'sv', 'fi'])), name='contact_serves_in_known_languages', violation_error_message='Choose Swedish, Finnish or both.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'unit', 'responsibilities']::text[], ARRAY[]::text[]); RETURN NULL;", hash='2184f9fe4fe9ed1cfefc3a2d6f088fd561358940', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_1bf0d', table='projects_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='094ce38267bbacb24f3ea4faf5ec726a48da19e8', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_7c24d', table='projects_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['responsibilities', 'title', 'unit']::text[], ARRAY[]::text[]); RETURN NULL;", hash='9be8470475e54ffaa24c316c37db73ff12f56a93', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_ac3bb', table='projects_contact', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='programmeparticipant',
            constraint=models.UniqueConstraint(fields=('programme', 'municipality'), name='programme_names_a_municipality_once', violation_error_message='The municipality is already in the programme.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeparticipant',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('projects_programme', ARRAY[OLD.programme_id, NEW.programme_id]);\nRETURN NULL;", hash='da75372dd8597b32f8879f6efe84c611fad2cc31', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_d7dcb', table='projects_programmeparticipant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeparticipant',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['programme_id=projects_programme']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='c25bd80842c2a3650e06592f477598c09b1b5d39', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_a8ab2', table='projects_programmeparticipant', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='programme_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='programme_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='programme_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='programme_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['draft', 'public', 'withdrawn'])), name='programme_decision_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='programme_pairing_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='programme_published_since_a_moment', violation_error_message='Say from which moment the item is public.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('withdraw_at__isnull', True), ('publish_at__isnull', True), ('withdraw_at__gt', models.F('publish_at')), _connector='OR'), name='programme_withdrawn_after_published', violation_error_message='The item must be taken down after it is published.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('pairing', 'both'), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), models.Q(('pairing_reason', ''), _negated=True), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), models.Q(('pairing_reason', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), _connector='OR'), name='programme_published_is_complete_or_declared', violation_error_message='To be public, the text must be complete in both languages, or be declared to exist in one language only, with a reason.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='b830ee3f6e127154c8c410c6d7e65d7fb67140dd', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_bb5f4', table='projects_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'lead', 'body', 'easy_language', 'withdrawn_because']::text[], ARRAY['body', 'easy_language']::text[]); RETURN NULL;", hash='23c74c08fe058b5be01465d580d72a498c2dad9f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_0e251', table='projects_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='a77a0e0eeb666b8e7e14f31b4e8b4e185b6d9699', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_d0630', table='projects_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'easy_language', 'lead', 'slug', 'title', 'updated_at', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;", hash='fd4b981d8bf8976206c0525fc6ee5b6f20eb98ad', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_6c8b5', table='projects_programme', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='project_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='project_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='project_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='project_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['draft', 'public', 'withdrawn'])), name='project_decision_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='project_pairing_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='project_published_since_a_moment', violation_error_message='Say from which moment the item is public.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('withdraw_at__isnull', True), ('publish_at__isnull', True), ('withdraw_at__gt', models.F('publish_at')), _connector='OR'), name='project_withdrawn_after_published', violation_error_message='The item must be taken down after it is published.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('pairing', 'both'), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('body_sv__isnull', False), models.Q(('body_sv', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True), ('body_fi__isnull', False), models.Q(('body_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), models.Q(('pairing_reason', ''), _negated=True), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('body_sv__isnull', False), models.Q(('body_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), models.Q(('pairing_reason', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True), ('body_fi__isnull', False), models.Q(('body_fi', ''), _negated=True)), _connector='OR'), name='project_published_is_complete_or_declared', violation_error_message='To be public, the text must be complete in both languages, or be declared to exist in one language only, with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('first_half__in', [1, 2]), ('last_half__in', [1, 2])), name='project_half_years_are_halves_of_years', violation_error_message='A half-year is spring or autumn.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('last_year__gt', models.F('first_year')), models.Q(('last_half__gte', models.F('first_half')), ('last_year', models.F('first_year'))), _connector='OR'), name='project_ends_after_it_begins', violation_error_message='The project must end after it begins.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='project',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='44a6f8660168ccf47c5c3c56bfbf74a678304c2f', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_4cbfe', table='projects_project', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='project',
            trigger=pgtrigger.compiler.Trigger(name='project_has_an_owner', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE item RECORD;', func="\n            IF TG_OP = 'DELETE' THEN item := OLD; ELSE item := NEW; END IF;\n            IF \n                    EXISTS (SELECT FROM projects_project WHERE id = item.id) AND NOT EXISTS (\n                        SELECT FROM projects_projectrole\n                        WHERE project_id = item.id AND role = 'owner') THEN\n                RAISE EXCEPTION 'violates the rule project_has_an_owner'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'project_has_an_owner';\n            END IF;\n            RETURN NULL;\n        ", hash='d4142feb04894802332ab841062a195bfaed8bdc', operation='INSERT', pgid='pgtrigger_project_has_an_owner_b88e9', table='projects_project', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='project',
            trigger=pgtrigger.compiler.Trigger(name='project_holds_its_periods', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE item RECORD;', func="\n            IF TG_OP = 'DELETE' THEN item := OLD; ELSE item := NEW; END IF;\n            IF \n                    EXISTS (\n                        SELECT FROM projects_themeperiod period\n                        JOIN projects_project project ON project.id = period.project_id\n                        WHERE project.id = item.id AND (period.year, period.half) NOT BETWEEN\n                            (project.first_year, project.first_half)\n                            AND (project.last_year, project.last_half)) THEN\n                RAISE EXCEPTION 'violates the rule project_holds_its_periods'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'project_holds_its_periods';\n            END IF;\n            RETURN NULL;\n        ", hash='e3d7c8d4e1e688fc2609dfd4360c0a1d2e613426', operation='UPDATE OF "first_year", "first_half", "last_year", "last_half"', pgid='pgtrigger_project_holds_its_periods_39e24', table='projects_project', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='project',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'lead', 'body', 'easy_language', 'withdrawn_because']::text[], ARRAY['body', 'easy_language']::text[]); RETURN NULL;", hash='a7102567ab7dcf7fd213c20a8f5930a60dd63c93', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_c3589', table='projects_project', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='project',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='83f5abb662937554a765f03f67697b2b9ccd8b05', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_34c2a', table='projects_project', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='project',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'easy_language', 'lead', 'slug', 'title', 'updated_at', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;", hash='65cf5df46820c4110fea59eb0942cd771ccb72b3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_d62f3', table='projects_project', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('municipality__isnull', False), ('regional_actor__isnull', True)), models.Q(('municipality__isnull', True), ('regional_actor__isnull', False)), _connector='OR'), name='participation_is_of_exactly_one_party', violation_error_message='Choose a municipality or a regional actor.'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='participation_ends_after_it_begins', violation_error_message='The participation must end after it begins.'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('municipality__isnull', False)), expressions=[('project', '='), ('municipality', '='), (projects.models.project.DateRange(models.F('start'), models.F('end'), models.Value('[]')), '&&')], name='participation_of_a_municipality_does_not_overlap', violation_error_message='The party already takes part during these dates.'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('regional_actor__isnull', False)), expressions=[('project', '='), ('regional_actor', '='), (projects.models.project.DateRange(models.F('start'), models.F('end'), models.Value('[]')), '&&')], name='participation_of_a_regional_actor_does_not_overlap', violation_error_message='The party already takes part during these dates.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participation',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['project_id=projects_project']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='67efe549269af9cbd86d3ccb5f54baffa2ba47ae', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_03f84', table='projects_participation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.UniqueConstraint(fields=('project', 'position'), name='goal_number_is_its_own', violation_error_message='Another goal has this number.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['goal']::text[], ARRAY[]::text[]); RETURN NULL;", hash='35a5b1fbfe5812d2587ab9dc9607c9ee0517f39f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_00b7a', table='projects_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('projects_project', ARRAY[OLD.project_id, NEW.project_id]);\nRETURN NULL;", hash='6a6b19c6860e07311e5f7028cba069ce48fea2b2', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_26487', table='projects_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['project_id=projects_project']::text[], ARRAY['goal']::text[], ARRAY[]::text[]); RETURN NULL;", hash='25ff09f1d04b58b5c23bebbe0f5e8bd6dd9b29de', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_b93a9', table='projects_goal', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='projectrole',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'owner')), fields=('project',), name='project_has_one_owner_only', violation_error_message='A project has exactly one owner.'),
        ),
        migrations.AddConstraint(
            model_name='projectrole',
            constraint=models.UniqueConstraint(fields=('project', 'organisation', 'role'), name='project_names_an_organisation_once_in_a_role', violation_error_message='The organisation already has this role.'),
        ),
        migrations.AddConstraint(
            model_name='projectrole',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['owner', 'funder', 'partner'])), name='project_role_is_known', violation_error_message='Choose owner, funder or partner.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectrole',
            trigger=pgtrigger.compiler.Trigger(name='project_keeps_an_owner', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE item RECORD;', func="\n            IF TG_OP = 'DELETE' THEN item := OLD; ELSE item := NEW; END IF;\n            IF \n                    EXISTS (SELECT FROM projects_project WHERE id = OLD.project_id)\n                    AND NOT EXISTS (\n                        SELECT FROM projects_projectrole\n                        WHERE project_id = OLD.project_id AND role = 'owner') THEN\n                RAISE EXCEPTION 'violates the rule project_keeps_an_owner'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'project_keeps_an_owner';\n            END IF;\n            RETURN NULL;\n        ", hash='ff12f83066b74fc3d503cd9ecac5a8bd29c8c0ad', operation='DELETE OR UPDATE', pgid='pgtrigger_project_keeps_an_owner_6d2b7', table='projects_projectrole', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectrole',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['project_id=projects_project']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='8309e9ab16a80eb8ed2827fd3e5de0095f04fb56', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_8da2b', table='projects_projectrole', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='theme_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='theme_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='theme_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='theme_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['draft', 'public', 'withdrawn'])), name='theme_decision_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='theme_pairing_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='theme_published_since_a_moment', violation_error_message='Say from which moment the item is public.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(('withdraw_at__isnull', True), ('publish_at__isnull', True), ('withdraw_at__gt', models.F('publish_at')), _connector='OR'), name='theme_withdrawn_after_published', violation_error_message='The item must be taken down after it is published.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('pairing', 'both'), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), models.Q(('pairing_reason', ''), _negated=True), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), models.Q(('pairing_reason', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), _connector='OR'), name='theme_published_is_complete_or_declared', violation_error_message='To be public, the text must be complete in both languages, or be declared to exist in one language only, with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(('thread__range', (1, 4))), name='theme_has_one_of_four_threads', violation_error_message='There are four threads.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='01bc06a52e6840fd0d458932cd874c46a28d6f40', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_c73ad', table='projects_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'lead', 'body', 'easy_language', 'withdrawn_because']::text[], ARRAY['body', 'easy_language']::text[]); RETURN NULL;", hash='04f33220d403b7f66bdd417150541c6d2e3537a1', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_f0744', table='projects_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='e164b148601a89858d8d8055c83cb316e8f3f86c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_ca9dc', table='projects_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'easy_language', 'lead', 'slug', 'title', 'updated_at', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;", hash='ddeada66f1f34653dd985b5e0d216773beb526f8', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_a8fff', table='projects_theme', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='themeperiod',
            constraint=models.CheckConstraint(condition=models.Q(('half__in', [1, 2])), name='theme_period_is_a_half_of_a_year', violation_error_message='A half-year is spring or autumn.'),
        ),
        migrations.AddConstraint(
            model_name='themeperiod',
            constraint=models.UniqueConstraint(fields=('project', 'theme', 'year', 'half'), name='theme_has_a_half_year_once', violation_error_message='The theme already has this half-year.'),
        ),
        migrations.AddConstraint(
            model_name='themeperiod',
            constraint=models.UniqueConstraint(condition=models.Q(('is_main', True)), fields=('project', 'year', 'half'), name='half_year_has_one_main_theme', violation_error_message='The half-year already has a main theme.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeperiod',
            trigger=pgtrigger.compiler.Trigger(name='theme_period_lies_inside_its_project', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE item RECORD;', func="\n            IF TG_OP = 'DELETE' THEN item := OLD; ELSE item := NEW; END IF;\n            IF \n                    EXISTS (\n                        SELECT FROM projects_themeperiod period\n                        JOIN projects_project project ON project.id = period.project_id\n                        WHERE period.id = item.id AND (period.year, period.half) NOT BETWEEN\n                            (project.first_year, project.first_half)\n                            AND (project.last_year, project.last_half)) THEN\n                RAISE EXCEPTION 'violates the rule theme_period_lies_inside_its_project'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'theme_period_lies_inside_its_project';\n            END IF;\n            RETURN NULL;\n        ", hash='138ec26c07f9c1f85c949c6a27920ae92a91892b', operation='INSERT OR UPDATE', pgid='pgtrigger_theme_period_lies_inside_its_project_0054e', table='projects_themeperiod', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeperiod',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['summary']::text[], ARRAY[]::text[]); RETURN NULL;", hash='c3efa536a45a1761a63d8eb41f026662d2cec063', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_5c089', table='projects_themeperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeperiod',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('projects_theme', ARRAY[OLD.theme_id, NEW.theme_id]);\nRETURN NULL;", hash='6230d48c80c21ad63c6a3846426fc73a3ae68871', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_7375d', table='projects_themeperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeperiod',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['project_id=projects_project']::text[], ARRAY['summary']::text[], ARRAY[]::text[]); RETURN NULL;", hash='93affa1da7edc7ba052774834c2930c8bd87b05d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_2b27c', table='projects_themeperiod', when='AFTER')),
        ),
        migrations.CreateModel(
            name='WorkshopMunicipality',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('projects.workshop_municipalities',),
        ),
        migrations.AddConstraint(
            model_name='contactassignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('municipality__isnull', True), ('project__isnull', False), ('regional_actor__isnull', True), ('theme__isnull', True), ('workshop__isnull', True)), models.Q(('municipality__isnull', True), ('project__isnull', True), ('regional_actor__isnull', True), ('theme__isnull', False), ('workshop__isnull', True)), models.Q(('municipality__isnull', True), ('project__isnull', True), ('regional_actor__isnull', True), ('theme__isnull', True), ('workshop__isnull', False)), models.Q(('municipality__isnull', False), ('project__isnull', True), ('regional_actor__isnull', True), ('theme__isnull', True), ('workshop__isnull', True)), models.Q(('municipality__isnull', True), ('project__isnull', True), ('regional_actor__isnull', False), ('theme__isnull', True), ('workshop__isnull', True)), _connector='OR'), name='contact_assignment_is_to_exactly_one_thing', violation_error_message='Choose one thing that the person is asked about.'),
        ),
        migrations.AddConstraint(
            model_name='contactassignment',
            constraint=models.CheckConstraint(condition=models.Q(('is_facilitator', False), ('workshop__isnull', False), _connector='OR'), name='facilitator_leads_a_workshop', violation_error_message='Only a workshop has a facilitator.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactassignment',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['role']::text[], ARRAY[]::text[]); RETURN NULL;", hash='d449d4733e8e6af1db45d238a6f8b76bfe18da4e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_a85ff', table='projects_contactassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactassignment',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['contact_id=projects_contact', 'project_id=projects_project', 'theme_id=projects_theme', 'workshop_id=projects_workshop', 'municipality_id=municipalities_municipality', 'regional_actor_id=municipalities_regionalactor']::text[], ARRAY['role']::text[], ARRAY[]::text[]); RETURN NULL;", hash='2c76b35be2c370a9d6bc5aa8f5348adc5c45dd97', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_65895', table='projects_contactassignment', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='workshopseries',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='workshopseries_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='workshopseries',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='workshopseries_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='workshopseries',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='workshopseries_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='workshopseries',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='workshopseries_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='workshopseries',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['draft', 'public', 'withdrawn'])), name='workshopseries_decision_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='workshopseries',
            constraint=models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='workshopseries_pairing_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='workshopseries',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='workshopseries_published_since_a_moment', violation_error_message='Say from which moment the item is public.'),
        ),
        migrations.AddConstraint(
            model_name='workshopseries',
            constraint=models.CheckConstraint(condition=models.Q(('withdraw_at__isnull', True), ('publish_at__isnull', True), ('withdraw_at__gt', models.F('publish_at')), _connector='OR'), name='workshopseries_withdrawn_after_published', violation_error_message='The item must be taken down after it is published.'),
        ),
        migrations.AddConstraint(
            model_name='workshopseries',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('pairing', 'both'), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), models.Q(('pairing_reason', ''), _negated=True), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), models.Q(('pairing_reason', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), _connector='OR'), name='workshopseries_published_is_complete_or_declared', violation_error_message='To be public, the text must be complete in both languages, or be declared to exist in one language only, with a reason.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshopseries',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='3f48076e7026f84a0a2f7941badfb2ee990a26a8', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_580d4', table='projects_workshopseries', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshopseries',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'lead', 'body', 'easy_language', 'withdrawn_because', 'outcome']::text[], ARRAY['body', 'easy_language', 'outcome']::text[]); RETURN NULL;", hash='ec6a302f0c6b4b2daa701d3fe3e0165c1b28ed45', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_14c4e', table='projects_workshopseries', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshopseries',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nRETURN NULL;', hash='ebf80c8f093c29ee79c483c4433337fb3df9789c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_36a50', table='projects_workshopseries', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshopseries',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['body', 'easy_language', 'lead', 'outcome', 'slug', 'title', 'updated_at', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;", hash='db37f795a26a5b38c4468fa0dcda4cf1797a6fdf', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_9fd4a', table='projects_workshopseries', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.UniqueConstraint(fields=('slug_sv',), name='workshop_slug_sv_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('slug_sv__isnull', True), ('slug_sv__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='workshop_slug_sv_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.UniqueConstraint(fields=('slug_fi',), name='workshop_slug_fi_is_its_own', violation_error_message='Another item already has this address.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('slug_fi__isnull', True), ('slug_fi__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='workshop_slug_fi_is_path_words', violation_error_message='Use small letters a–z, digits and single hyphens in the address.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['draft', 'public', 'withdrawn'])), name='workshop_decision_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('pairing__in', ['both', 'sv', 'fi'])), name='workshop_pairing_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='workshop_published_since_a_moment', violation_error_message='Say from which moment the item is public.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('withdraw_at__isnull', True), ('publish_at__isnull', True), ('withdraw_at__gt', models.F('publish_at')), _connector='OR'), name='workshop_withdrawn_after_published', violation_error_message='The item must be taken down after it is published.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'public'), _negated=True), models.Q(('pairing', 'both'), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), models.Q(('pairing', 'sv'), models.Q(('pairing_reason', ''), _negated=True), ('title_sv__isnull', False), models.Q(('title_sv', ''), _negated=True), ('slug_sv__isnull', False), models.Q(('slug_sv', ''), _negated=True), ('lead_sv__isnull', False), models.Q(('lead_sv', ''), _negated=True)), models.Q(('pairing', 'fi'), models.Q(('pairing_reason', ''), _negated=True), ('title_fi__isnull', False), models.Q(('title_fi', ''), _negated=True), ('slug_fi__isnull', False), models.Q(('slug_fi', ''), _negated=True), ('lead_fi__isnull', False), models.Q(('lead_fi', ''), _negated=True)), _connector='OR'), name='workshop_published_is_complete_or_declared', violation_error_message='To be public, the text must be complete in both languages, or be declared to exist in one language only, with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('day'))), name='workshop_ends_on_or_after_its_first_day', violation_error_message='The last day must not be before the first.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_time__isnull', True), ('start_time__isnull', True)), models.Q(('end_time__isnull', False), ('start_time__isnull', False)), _connector='OR'), name='workshop_has_both_times_or_neither', violation_error_message='Give both times, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('start_time__isnull', True), ('last_day__gt', models.F('day')), ('end_time__gt', models.F('start_time')), _connector='OR'), name='workshop_ends_after_it_begins', violation_error_message='The workshop must end after it begins.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['municipality', 'regional', 'national'])), name='workshop_level_is_known', violation_error_message='Choose one of the three levels.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('former_day__isnull', True), models.Q(('former_day', models.F('day')), _negated=True), _connector='OR'), name='workshop_moves_from_another_day', violation_error_message='The former day must be another than the day.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('participants__isnull', True), ('participants__gte', 1), _connector='OR'), name='workshop_participants_are_some_or_unknown', violation_error_message='Leave the number empty when it is not known.'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'confirmed', 'moved', 'cancelled', 'held'])), name='workshop_status_is_known', violation_error_message='Choose one of the five statuses.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='keep_replaced_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)\n                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()\n                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))\n                        AS slugs (language, former, current)\n                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;\n                    RETURN NULL;", hash='952fdc8c5eace5232e696edecb01ce185db9e019', operation='UPDATE OF "slug_sv", "slug_fi"', pgid='pgtrigger_keep_replaced_slugs_525bc', table='projects_workshop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='keep_the_uid', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.uid IS DISTINCT FROM NEW.uid)', func="\n                    RAISE EXCEPTION 'violates the rule workshop_uid_never_changes'\n                        USING ERRCODE = 'check_violation',\n                              CONSTRAINT = 'workshop_uid_never_changes';", hash='c96a56837bd9a67facabc86b0daf27106b7781ef', operation='UPDATE OF "uid"', pgid='pgtrigger_keep_the_uid_366f6', table='projects_workshop', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='raise_sequence', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    NEW.sequence = OLD.sequence;\n                    IF (OLD.day, OLD.last_day, OLD.start_time, OLD.end_time, OLD.status, OLD.online_url, NULLIF(OLD.place_sv, ''), NULLIF(OLD.place_fi, '')) IS DISTINCT FROM (NEW.day, NEW.last_day, NEW.start_time, NEW.end_time, NEW.status, NEW.online_url, NULLIF(NEW.place_sv, ''), NULLIF(NEW.place_fi, '')) THEN\n                        NEW.sequence = OLD.sequence + 1;\n                        NEW.updated_at = GREATEST(NEW.updated_at, now());\n                    END IF;\n                    RETURN NEW;", hash='c73e0ee5593d0fb50bcaa8559dd2d4fe3d07cee2', operation='UPDATE', pgid='pgtrigger_raise_sequence_e5488', table='projects_workshop', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='keep_the_former_day', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.day IS DISTINCT FROM NEW.day)', func="\n                    IF NEW.former_day IS NULL OR NEW.former_day = OLD.former_day THEN\n                        NEW.former_day = CASE WHEN OLD.decision = 'public' THEN OLD.day\n                                              ELSE NULLIF(NEW.former_day, NEW.day) END;\n                    END IF;\n                    RETURN NEW;", hash='8bf45568dd74db838b7f1f887f1b79535155dd21', operation='UPDATE OF "day"', pgid='pgtrigger_keep_the_former_day_fdefd', table='projects_workshop', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='tell_of_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE happened TEXT;', func="\n                    happened = CASE\n                        WHEN NEW.status = 'cancelled' AND OLD.status <> 'cancelled'\n                            THEN 'cancelled'\n                        WHEN OLD.status = 'cancelled' AND NEW.status <> 'cancelled'\n                            THEN 'reinstated'\n                        WHEN NEW.status = 'cancelled' THEN NULL\n                        WHEN NEW.status = 'moved' AND OLD.status <> 'moved' THEN 'moved'\n                        WHEN ((NULLIF(OLD.day::text, '') IS NOT NULL AND OLD.day::text IS DISTINCT FROM NULLIF(NEW.day::text, '')) OR (NULLIF(OLD.last_day::text, '') IS NOT NULL AND OLD.last_day::text IS DISTINCT FROM NULLIF(NEW.last_day::text, '')) OR (NULLIF(OLD.start_time::text, '') IS NOT NULL AND OLD.start_time::text IS DISTINCT FROM NULLIF(NEW.start_time::text, '')) OR (NULLIF(OLD.end_time::text, '') IS NOT NULL AND OLD.end_time::text IS DISTINCT FROM NULLIF(NEW.end_time::text, '')) OR (NULLIF(OLD.place_sv::text, '') IS NOT NULL AND OLD.place_sv::text IS DISTINCT FROM NULLIF(NEW.place_sv::text, '')) OR (NULLIF(OLD.place_fi::text, '') IS NOT NULL AND OLD.place_fi::text IS DISTINCT FROM NULLIF(NEW.place_fi::text, '')))\n                            AND COALESCE(current_setting('portal.small_change', true), '') <> 'yes'\n                            THEN 'moved'\n                        END;\n                    IF happened IS NULL\n                        OR GREATEST(OLD.last_day, NEW.last_day)\n                            < (now() AT TIME ZONE 'Europe/Helsinki')::date\n                        OR NOT (OLD.decision = 'public' AND NEW.decision = 'public'\n                            AND OLD.publish_at <= now() AND NEW.publish_at <= now()\n                            AND COALESCE(NEW.withdraw_at > now(), true))\n                    THEN RETURN NULL; END IF;\n                    UPDATE content_changenote SET moment = now()\n                        WHERE kind = TG_TABLE_NAME AND object_id = NEW.id AND event = happened\n                            AND moment > now() - interval '1 hour';\n                    IF NOT FOUND THEN\n                        INSERT INTO content_changenote (kind, object_id, moment, event, pairing)\n                        VALUES (TG_TABLE_NAME, NEW.id, now(), happened, NEW.pairing);\n                    END IF;\n                    RETURN NULL;", hash='8160d1d6b3be49e2637d6eb1469de11956392c45', operation='UPDATE', pgid='pgtrigger_tell_of_moves_a41b4', table='projects_workshop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='workshop_for_a_municipality_names_one', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE item RECORD;', func="\n            IF TG_OP = 'DELETE' THEN item := OLD; ELSE item := NEW; END IF;\n            IF \n                    EXISTS (SELECT FROM projects_workshop\n                            WHERE id = item.id AND level = 'municipality')\n                    AND NOT EXISTS (SELECT FROM projects_workshop_municipalities\n                                    WHERE workshop_id = item.id) THEN\n                RAISE EXCEPTION 'violates the rule workshop_for_a_municipality_names_one'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'workshop_for_a_municipality_names_one';\n            END IF;\n            RETURN NULL;\n        ", hash='aae0cbce5a238ed71f0c412d042b0af016366162', operation='INSERT OR UPDATE OF "level"', pgid='pgtrigger_workshop_for_a_municipality_names_one_21294', table='projects_workshop', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='compare_languages', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['title', 'lead', 'body', 'easy_language', 'withdrawn_because', 'place', 'audience', 'programme', 'questions', 'outcome']::text[], ARRAY['body', 'easy_language', 'programme', 'questions', 'outcome']::text[]); RETURN NULL;", hash='39ede9079209f900a822af4d2815b67415293ff4', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_compare_languages_3a1a4', table='projects_workshop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));\nPERFORM search_note('publications_material', ARRAY(SELECT id FROM publications_material WHERE workshop_id IN (OLD.id, NEW.id)));\nRETURN NULL;", hash='085bd39912e687d59ba0a81db0a29d646cf9f165', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_937cc', table='projects_workshop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshop',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY[]::text[], ARRAY['audience', 'body', 'easy_language', 'lead', 'outcome', 'place', 'programme', 'questions', 'slug', 'title', 'updated_at', 'withdrawn_because']::text[], ARRAY[]::text[]); RETURN NULL;", hash='dd8eb9ca4437167b0a13f00c366822fb5c04a025', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_261d0', table='projects_workshop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshopmunicipality',
            trigger=pgtrigger.compiler.Trigger(name='workshop_for_a_municipality_keeps_one', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE item RECORD;', func="\n            IF TG_OP = 'DELETE' THEN item := OLD; ELSE item := NEW; END IF;\n            IF \n                    EXISTS (SELECT FROM projects_workshop\n                            WHERE id = OLD.workshop_id AND level = 'municipality')\n                    AND NOT EXISTS (SELECT FROM projects_workshop_municipalities\n                                    WHERE workshop_id = OLD.workshop_id) THEN\n                RAISE EXCEPTION 'violates the rule workshop_for_a_municipality_keeps_one'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'workshop_for_a_municipality_keeps_one';\n            END IF;\n            RETURN NULL;\n        ", hash='88339e966d4ea982aac0a9f651d17d51dc25d5ec', operation='DELETE OR UPDATE', pgid='pgtrigger_workshop_for_a_municipality_keeps_one_59e3e', table='projects_workshop_municipalities', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshopmunicipality',
            trigger=pgtrigger.compiler.Trigger(name='note_for_search', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM search_note('projects_workshop', ARRAY[OLD.workshop_id, NEW.workshop_id]);\nPERFORM search_note('publications_material', ARRAY(SELECT id FROM publications_material WHERE workshop_id IN (OLD.workshop_id, NEW.workshop_id)));\nRETURN NULL;", hash='d100ed7902292edd75501626c519724b64d32a80', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_note_for_search_a8a24', table='projects_workshop_municipalities', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workshopmunicipality',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['workshop_id=projects_workshop', 'municipality_id=municipalities_municipality']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='719ca36aa0715eb572d5d6df767e4360449baa70', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_ade0a', table='projects_workshop_municipalities', when='AFTER')),
        ),
    ]
