import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('municipalities', '0001_initial'),
        ('publications', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('content', '0002_functions'),  # functions that the triggers call
        ('history', '0002_functions'),
        ('search', '0002_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_until', models.DateField(verbose_name='Member until')),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Invited')),
                ('invitation_sent_at', models.DateTimeField(editable=False, null=True)),
                ('told_until', models.DateField(editable=False, null=True)),
                ('reminded_of', models.DateField(editable=False, null=True)),
                ('visited_at', models.DateTimeField(editable=False, null=True, verbose_name='Last visit')),
                ('visited_before_at', models.DateTimeField(editable=False, null=True)),
                ('invited_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Invited by')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='municipalities.municipality', verbose_name='Municipality')),
                ('regional_actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='municipalities.regionalactor', verbose_name='Regional actor')),
                ('user', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'member',
                'verbose_name_plural': 'members of the network',
                'ordering': ['-invited_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('fi', 'Finnish')], editable=False, max_length=2, verbose_name='Written in')),
                ('state', models.CharField(choices=[('draft', 'Being written by the member'), ('sent', 'Waits for staff'), ('taken_up', 'Taken up by staff'), ('returned', 'Returned with a comment')], default='draft', max_length=8, verbose_name='State')),
                ('comment', models.TextField(blank=True, help_text="Mailed when you return the draft. Write in the member's language.", max_length=2000, verbose_name='Comment to the member')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Begun')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='Sent')),
                ('handled_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Handled by')),
                ('material', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='submissions', to='publications.material', verbose_name='material')),
                ('membership', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submissions', to='network.membership', verbose_name='Sender')),
                ('practice', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='submissions', to='publications.practice', verbose_name='good practice')),
            ],
            options={
                'verbose_name': 'draft of a member',
                'verbose_name_plural': 'drafts of members',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('municipality__isnull', False), ('regional_actor__isnull', True)), models.Q(('municipality__isnull', True), ('regional_actor__isnull', False)), _connector='OR'), name='membership_is_for_exactly_one_party', violation_error_message='Choose a municipality or a regional actor.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('user', 'municipality'), name='membership_for_a_municipality_is_one', violation_error_message='The person already is a member: prolong that instead.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('user', 'regional_actor'), name='membership_for_a_regional_actor_is_one', violation_error_message='The person already is a member: prolong that instead.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['user_id=accounts_user']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='6f3c72131ed4f166ffe3b78e524f8d799db6d10f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_3136b', table='network_membership', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('material__isnull', True), ('practice__isnull', False)), models.Q(('material__isnull', False), ('practice__isnull', True)), _connector='OR'), name='submission_is_of_exactly_one_item', violation_error_message='Choose a good practice or a material.'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'sent', 'taken_up', 'returned'])), name='submission_state_is_known', violation_error_message='Choose one of the values offered.'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'fi'])), name='submission_language_is_known', violation_error_message='Choose Swedish or Finnish.'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='submission_returned_says_why', violation_error_message='Write to the member what is to be changed.'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('sent_at__isnull', False), _connector='OR'), name='submission_sent_at_a_moment', violation_error_message='Say when the draft was sent.'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('practice',), name='submission_of_a_practice_is_one', violation_error_message='The good practice has been sent in already.'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('material',), name='submission_of_a_material_is_one', violation_error_message='The material has been sent in already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='submission',
            trigger=pgtrigger.compiler.Trigger(name='keep_history', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), ARRAY['practice_id=publications_practice', 'material_id=publications_material']::text[], ARRAY[]::text[], ARRAY[]::text[]); RETURN NULL;", hash='f6702dfe1426538374dcf206daa13be1a734c97d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_history_51277', table='network_submission', when='AFTER')),
        ),
    ]
