"""Users, their roles, and the groups that give them rights."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from foundation.accounts.audit import note
from foundation.accounts.audit_admin import ACTIONS, Signed
from foundation.accounts.models import AuditEntry, User
from foundation.accounts.roles import Role, RolesField, named

# Everybody sees to their own keys and sessions, at /sv/konto/ and /fi/tili/.
for model in (Authenticator, EmailAddress, UserSession):
    admin.site.unregister(model)


class BelowSuperusers:
    """Superusers are the business of superusers: nobody makes himself one, or changes one."""

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)  # type: ignore[misc]
        return rows if request.user.is_superuser else rows.filter(is_superuser=False)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if request.user.is_superuser or obj is None:
            return fieldsets
        return [
            (heading, {**group, "fields": [f for f in group["fields"] if f != "is_superuser"]})
            for heading, group in fieldsets
        ]


class NewUserForm(AdminUserCreationForm):
    """A new user: an e-mail address, a language and perhaps a password."""

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "language")


class UserForm(UserChangeForm):
    """A user who exists."""

    class Meta:
        model = User
        fields = "__all__"


class RoleFilter(admin.SimpleListFilter):
    """Lists users by their role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class PortalUserAdmin(Signed, BelowSuperusers, UserAdmin):
    """Users, known by their e-mail address."""

    form = UserForm
    add_form = NewUserForm
    list_display = ("email", "first_name", "last_name", "language", "is_staff", "is_active")
    list_filter = (RoleFilter, "is_staff", "is_active", "language")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "language")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "groups", "is_superuser")}),
        (_("Dates"), {"fields": (("last_login", "date_joined"),)}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "email",
                    ("first_name", "last_name"),
                    "language",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            return RolesField()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Set somebody's password, which the audit trail tells by whom."""
        user = self.get_object(request, unquote(id))
        response = super().user_change_password(request, id, form_url)
        if user and user.password != User.objects.get(pk=user.pk).password:
            note(request, AuditEntry.Event.PASSWORD_CHANGED, user)
        return response

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict]:
        """What was changed, each role given or taken by its name."""
        message: Any = super().construct_change_message(request, form, formsets, add)
        if add or "groups" not in form.changed_data:
            return message
        before, after = set(form.initial["groups"]), set(form.cleaned_data["groups"])
        for verb, groups in (("added", after - before), ("deleted", before - after)):
            message += [{verb: {"name": "role", "object": str(named(group))}} for group in groups]
        return message


class PermissionsField(forms.ModelMultipleChoiceField):
    """Rights, named in the editor's language; Django stores their names in English."""

    def label_from_instance(self, obj: Any) -> str:
        action, _separator, model_name = obj.codename.partition("_")
        model = apps.get_model(obj.content_type.app_label, model_name)
        return capfirst(f"{model._meta.verbose_name_plural}: {ACTIONS[action]}")


admin.site.unregister(Group)


@admin.register(Group)
class PortalGroupAdmin(Signed, GroupAdmin):
    """Groups beside the roles, whose rights the portal itself decides."""

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).exclude(name__in=Role.values)

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any
    ) -> Any:
        if db_field.name != "permissions":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        # Ours only: nobody edits sessions or content types by hand.
        labels = {model._meta.app_label for model in _our_models()}
        names = {
            f"{action}_{model._meta.model_name}" for model in _our_models() for action in ACTIONS
        }
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        rights = Permission.objects.select_related("content_type").filter(
            content_type__app_label__in=labels, codename__in=names
        )
        if request and not request.user.is_superuser:
            # Nobody hands out what he has not got.
            rights = rights.filter(group__user=request.user.pk).distinct()
        return PermissionsField(
            rights,
            widget=field.widget,  # type: ignore[union-attr]
            label=_("Rights"),
            required=False,
        )


def _our_models() -> list[Any]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in settings.ROOMS
        and not model._meta.proxy
        and model._meta.app_label != User._meta.app_label
    ]
