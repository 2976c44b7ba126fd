"""The people who log in."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

AUDIT_DAYS = 365  # days the audit trail is kept; the privacy notice says so


class UserManager(BaseUserManager["User"]):
    """Makes users, known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user without rights; without a password, one who cannot log in with one."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with every right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of an address, however its letters are capitalised."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """Somebody who logs in: known by an e-mail address, addressed in one of the two languages."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("E-mail address"), unique=True)
    language = models.CharField(
        _("Language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="sv",
        help_text=_("The language of the admin and of mail."),
    )

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_is_unique_in_any_case",
                violation_error_message=_("Another user has this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class AuditEntry(models.Model):
    """Something that happened to a log-in or to somebody's rights; never changed, kept a year.

    Log-ins are written by `foundation.accounts.audit`, changes of users and rights by triggers, so
    that SQL leaves a trace too. People stand here by the address they had then: an entry outlives
    the user.
    """

    class Event(models.TextChoices):
        LOGGED_IN = "logged_in", _("Logged in")
        FAILED = "failed", _("Log-in failed")
        LOGGED_OUT = "logged_out", _("Logged out")
        SESSION_ENDED = "session_ended", _("Ended a session elsewhere")
        FACTOR_ADDED = "factor_added", _("Added a way to log in")
        FACTOR_REMOVED = "factor_removed", _("Removed a way to log in")
        RECOVERY_USED = "recovery_used", _("Used a recovery code")
        PASSWORD_CHANGED = "password_changed", _("Changed the password")
        LINK_MADE = "link_made", _("Made a log-in link at the server")
        USER_ADDED = "user_added", _("Added a user")
        USER_DELETED = "user_deleted", _("Deleted a user")
        USER_CHANGED = "user_changed", _("Changed a user’s rights or address")
        ROLE_GIVEN = "role_given", _("Gave a role")
        ROLE_TAKEN = "role_taken", _("Took a role")
        RIGHT_GIVEN = "right_given", _("Gave a right")
        RIGHT_TAKEN = "right_taken", _("Took a right")

    at = models.DateTimeField(_("When"), db_default=Now(), editable=False)
    event = models.CharField(_("What"), max_length=16, choices=Event)
    who = models.CharField(_("Who"), max_length=254, blank=True, db_default="")
    about = models.CharField(_("About whom"), max_length=254, blank=True, db_default="")
    detail = models.CharField(_("Details"), max_length=500, blank=True, db_default="")
    network = models.CharField(
        pgettext_lazy("audit trail", "From"),
        max_length=43,
        blank=True,
        db_default="",
        help_text=_("The first part of the address of the device, never the whole of it."),
    )
    device = models.CharField(_("Device"), max_length=60, blank=True, db_default="")

    class Meta:
        verbose_name = _("entry of the audit trail")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at"], name="audit_entry_at")]
        triggers = [
            pgtrigger.Trigger(
                name="keep_the_audit_trail",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=f"""
                    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '{AUDIT_DAYS} days' THEN
                        RETURN OLD;
                    END IF;
                    RAISE EXCEPTION 'the audit trail is only added to'
                        USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'audit_entry_is_never_changed';
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.about or self.who}"


class LoginLink(models.Model):
    """An address that logs its user in once, made at the server's own shell."""

    key_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="login_links"
    )
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("log-in link")
        verbose_name_plural = _("log-in links")

    def __str__(self) -> str:
        return f"{self.user}, {self.expires_at:%Y-%m-%d %H:%M}"
