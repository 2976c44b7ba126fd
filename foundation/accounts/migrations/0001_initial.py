import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='LoginLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'log-in link',
                'verbose_name_plural': 'log-in links',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='E-mail address')),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('fi', 'Finnish')], default='sv', help_text='The language of the admin and of mail.', max_length=2, verbose_name='Language')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='When')),
                ('event', models.CharField(choices=[('logged_in', 'Logged in'), ('failed', 'Log-in failed'), ('logged_out', 'Logged out'), ('session_ended', 'Ended a session elsewhere'), ('factor_added', 'Added a way to log in'), ('factor_removed', 'Removed a way to log in'), ('recovery_used', 'Used a recovery code'), ('password_changed', 'Changed the password'), ('link_made', 'Made a log-in link at the server'), ('user_added', 'Added a user'), ('user_deleted', 'Deleted a user'), ('user_changed', 'Changed a user’s rights or address'), ('role_given', 'Gave a role'), ('role_taken', 'Took a role'), ('right_given', 'Gave a right'), ('right_taken', 'Took a right')], max_length=16, verbose_name='What')),
                ('who', models.CharField(blank=True, db_default='', max_length=254, verbose_name='Who')),
                ('about', models.CharField(blank=True, db_default='', max_length=254, verbose_name='About whom')),
                ('detail', models.CharField(blank=True, db_default='', max_length=500, verbose_name='Details')),
                ('network', models.CharField(blank=True, db_default='', help_text='The first part of the address of the device, never the whole of it.', max_length=43, verbose_name='From')),
                ('device', models.CharField(blank=True, db_default='', max_length=60, verbose_name='Device')),
            ],
            options={
                'verbose_name': 'entry of the audit trail',
                'verbose_name_plural': 'audit trail',
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['-at'], name='audit_entry_at')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='keep_the_audit_trail', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '365 days' THEN\n                        RETURN OLD;\n                    END IF;\n                    RAISE EXCEPTION 'the audit trail is only added to'\n                        USING ERRCODE = 'check_violation',\n                            CONSTRAINT = 'audit_entry_is_never_changed';\n                ", hash='1f8d378c91bcac8d68d00e69f638785ed1b45d4a', operation='UPDATE OR DELETE', pgid='pgtrigger_keep_the_audit_trail_e4b71', table='accounts_auditentry', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='loginlink',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='login_links', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_is_unique_in_any_case', violation_error_message='Another user has this e-mail address.'),
        ),
    ]
