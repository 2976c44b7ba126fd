"""Users and the groups that give them rights: for superusers only."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.accounts.audit_admin import ACTIONS, Signed
from portal.accounts.models import User

# Everybody sees to their own keys and sessions, at /sv/konto/ and /fi/tili/.
for model in (Authenticator, EmailAddress, UserSession):
    admin.site.unregister(model)


class ForSuperusers:
    """Whoever can hand out rights has every right: nobody else gets in."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


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


@admin.register(User)
class PortalUserAdmin(Signed, ForSuperusers, UserAdmin):
    """Users, known by their e-mail address."""

    form = UserForm
    add_form = NewUserForm
    list_display = ("email", "first_name", "last_name", "language", "is_staff", "is_active")
    list_filter = ("is_staff", "is_superuser", "is_active", "language", "groups")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)
    filter_horizontal = ("groups",)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "language")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
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


class PermissionsField(forms.ModelMultipleChoiceField):
    """Rights, named in the editor's language; Django stores their names in English."""

    def label_from_instance(self, obj: Any) -> str:
        action, _separator, model_name = obj.codename.partition("_")
        model = apps.get_model(obj.content_type.app_label, model_name)
        return capfirst(f"{model._meta.verbose_name_plural}: {ACTIONS[action]}")


admin.site.unregister(Group)


@admin.register(Group)
class PortalGroupAdmin(Signed, ForSuperusers, GroupAdmin):
    """Groups of users with the same rights."""

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
        return PermissionsField(
            Permission.objects.select_related("content_type").filter(
                content_type__app_label__in=labels, codename__in=names
            ),
            widget=field.widget,  # type: ignore[union-attr]
            label=_("Rights"),
            required=False,
        )


def _our_models() -> list[Any]:
    return [
        model
        for model in apps.get_models()
        if not model.__module__.startswith("django.")
        and not model._meta.proxy
        and model._meta.app_label != User._meta.app_label
    ]
