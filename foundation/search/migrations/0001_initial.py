import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='KnownWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2, verbose_name='Language')),
                ('word', models.CharField(max_length=60, verbose_name='Word')),
            ],
            options={
                'verbose_name': 'word that search knows',
                'verbose_name_plural': 'words that search knows',
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('word'), 'gin_trgm_ops'), name='knownword_by_trigrams')],
                'constraints': [models.UniqueConstraint(fields=('language', 'word'), name='known_word_is_kept_once_for_a_language', violation_error_message='The word is known already.')],
            },
        ),
        migrations.CreateModel(
            name='SearchedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='Day')),
                ('language', models.CharField(max_length=2, verbose_name='Language')),
                ('words', models.CharField(max_length=120, verbose_name='Words')),
                ('times', models.PositiveIntegerField(default=0, verbose_name='Times')),
                ('times_without_hits', models.PositiveIntegerField(default=0, verbose_name='Times without hits')),
            ],
            options={
                'verbose_name': 'words looked for',
                'verbose_name_plural': 'what readers look for',
                'ordering': ['-day', '-times'],
                'constraints': [models.UniqueConstraint(fields=('day', 'language', 'words'), name='searched_words_are_counted_once_a_day', violation_error_message='These words are counted for that day already.'), models.CheckConstraint(condition=models.Q(('language__in', ('sv', 'fi'))), name='searched_words_are_of_one_of_our_languages', violation_error_message='Choose Swedish or Finnish.')],
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=63, verbose_name='Table')),
                ('object_id', models.BigIntegerField(verbose_name='Item')),
                ('language', models.CharField(max_length=2, verbose_name='Language')),
                ('title', models.TextField()),
                ('path', models.TextField()),
                ('text', models.TextField()),
                ('terms', django.contrib.postgres.search.SearchVectorField()),
                ('head', django.contrib.postgres.search.SearchVectorField()),
                ('names', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('day', models.DateField(null=True)),
                ('year', models.SmallIntegerField(null=True)),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('municipalities', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, size=None)),
                ('boost', models.FloatField(default=1)),
                ('public_from', models.DateTimeField(null=True)),
                ('public_until', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'entry of the search index',
                'verbose_name_plural': 'search index',
                'indexes': [django.contrib.postgres.indexes.GinIndex(condition=models.Q(('language', 'sv')), fastupdate=False, fields=['terms'], name='searchentry_terms_sv'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('language', 'fi')), fastupdate=False, fields=['terms'], name='searchentry_terms_fi'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('language', 'sv'), models.Q(('names', []), _negated=True)), fastupdate=False, fields=['terms'], name='searchentry_names_sv'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('language', 'fi'), models.Q(('names', []), _negated=True)), fastupdate=False, fields=['terms'], name='searchentry_names_fi'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='searchentry_due')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id', 'language'), name='search_entry_is_kept_once_for_a_language', violation_error_message='The item is in the index already.')],
            },
        ),
        migrations.CreateModel(
            name='StaleItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=63, verbose_name='Table')),
                ('object_id', models.BigIntegerField(verbose_name='Item')),
                ('noted_by', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'item that search has to read anew',
                'verbose_name_plural': 'items that search has to read anew',
                'indexes': [models.Index(fields=['noted_by'], name='staleitem_by_transaction')],
            },
        ),
    ]
