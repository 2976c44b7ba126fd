import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=63, verbose_name='Table')),
                ('object_id', models.BigIntegerField(verbose_name='Item')),
                ('part_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=90), blank=True, default=list, size=None)),
                ('moment', models.DateTimeField(verbose_name='When')),
                ('transaction', models.BigIntegerField()),
                ('operation', models.CharField(choices=[('added', 'Added'), ('changed', 'Changed'), ('deleted', 'Deleted')], max_length=7, verbose_name='What happened')),
                ('before', models.JSONField(blank=True, null=True)),
                ('after', models.JSONField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By whom')),
            ],
            options={
                'verbose_name': 'change of content',
                'verbose_name_plural': 'bin',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['kind', 'object_id', 'id'], name='change_by_row'), django.contrib.postgres.indexes.GinIndex(fields=['part_of'], name='change_by_whole'), models.Index(fields=['transaction'], name='change_by_transaction'), models.Index(condition=models.Q(('operation', 'deleted')), fields=['moment'], name='change_of_deleted')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('after__isnull', True), ('before__isnull', True), ('operation', 'added')), models.Q(('after__isnull', False), ('before__isnull', False), ('operation', 'changed')), models.Q(('after__isnull', True), ('before__isnull', False), ('operation', 'deleted')), _connector='OR'), name='change_tells_what_was_there_before', violation_error_message='A change tells what was there before it.')],
            },
        ),
    ]
