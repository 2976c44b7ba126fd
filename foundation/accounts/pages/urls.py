"""Log-in and one's own account: views of django-allauth under its own names, at our addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes.views import generate_recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.accounts.pages import views
from foundation.accounts.pages.code_confirmation import confirm_by_code
from foundation.accounts.pages.page_frame import as_page
from foundation.accounts.second_factor import recently_authenticated

code_page = as_page(account.request_login_code, _("Log in"))

urlpatterns = [
    # Twice: the library leads to the one as well as to the other.
    path(pgettext_lazy("url", "log-in/"), code_page, name="account_login"),
    path(pgettext_lazy("url", "log-in/"), code_page, name="account_request_login_code"),
    path(
        pgettext_lazy("url", "log-in/code/"),
        as_page(account.confirm_login_code, _("Enter the code")),
        name="account_confirm_login_code",
    ),
    path(
        pgettext_lazy("url", "log-in/password/"),
        as_page(account.login, _("Log in with a password")),
        name="password_login",
    ),
    path(
        pgettext_lazy("url", "log-in/second-step/"),
        as_page(mfa.authenticate, _("One more step")),
        name="mfa_authenticate",
    ),
    path(
        pgettext_lazy("url", "log-in/passkey/"),
        as_page(webauthn.login_webauthn, _("Log in")),
        name="mfa_login_webauthn",
    ),
    path(
        pgettext_lazy("url", "log-in/link/<str:key>/"),
        as_page(views.login_link, _("Log in")),
        name="login_link",
    ),
    path(
        pgettext_lazy("url", "log-in/accounts/"),
        as_page(account.signup, _("Who can log in")),
        name="account_signup",
    ),
    path(
        pgettext_lazy("url", "log-in/closed/"),
        as_page(account.account_inactive, _("The account is closed")),
        name="account_inactive",
    ),
    path(
        pgettext_lazy("url", "log-out/"),
        as_page(account.logout, _("Log out")),
        name="account_logout",
    ),
    path(pgettext_lazy("url", "account/"), as_page(mfa.index, _("Your account")), name="mfa_index"),
    path(
        pgettext_lazy("url", "account/confirm/"),
        as_page(mfa.reauthenticate, _("Confirm that it is you")),
        name="mfa_reauthenticate",
    ),
    path(
        pgettext_lazy("url", "account/confirm/passkey/"),
        as_page(webauthn.reauthenticate_webauthn, _("Confirm that it is you")),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        pgettext_lazy("url", "account/confirm/password/"),
        as_page(account.reauthenticate, _("Confirm that it is you")),
        name="account_reauthenticate",
    ),
    path(
        pgettext_lazy("url", "account/confirm/code/"),
        as_page(confirm_by_code, _("Confirm that it is you")),
        name="confirm_by_code",
    ),
    path(
        pgettext_lazy("url", "account/app/"),
        as_page(recently_authenticated(totp.activate_totp), _("Add an authenticator app")),
        name="mfa_activate_totp",
    ),
    path(
        pgettext_lazy("url", "account/app/remove/"),
        as_page(recently_authenticated(totp.deactivate_totp), _("Remove the authenticator app")),
        name="mfa_deactivate_totp",
    ),
    path(
        pgettext_lazy("url", "account/passkeys/"),
        as_page(webauthn.list_webauthn, _("Your passkeys")),
        name="mfa_list_webauthn",
    ),
    path(
        pgettext_lazy("url", "account/passkeys/new/"),
        as_page(recently_authenticated(webauthn.add_webauthn), _("Add a passkey")),
        name="mfa_add_webauthn",
    ),
    path(
        pgettext_lazy("url", "account/passkeys/<int:pk>/"),
        as_page(recently_authenticated(webauthn.edit_webauthn), _("Rename the passkey")),
        name="mfa_edit_webauthn",
    ),
    path(
        pgettext_lazy("url", "account/passkeys/<int:pk>/remove/"),
        as_page(recently_authenticated(webauthn.remove_webauthn), _("Remove the passkey")),
        name="mfa_remove_webauthn",
    ),
    path(
        pgettext_lazy("url", "account/recovery-codes/"),
        as_page(recently_authenticated(views.show_recovery_codes), _("Recovery codes")),
        name="mfa_view_recovery_codes",
    ),
    path(
        pgettext_lazy("url", "account/recovery-codes/new/"),
        as_page(recently_authenticated(generate_recovery_codes), _("Make new recovery codes")),
        name="mfa_generate_recovery_codes",
    ),
    path(
        pgettext_lazy("url", "account/recovery-codes/file/"),
        as_page(recently_authenticated(views.download_recovery_codes), _("Recovery codes")),
        name="mfa_download_recovery_codes",
    ),
    path(
        pgettext_lazy("url", "account/sessions/"),
        as_page(views.sessions, _("Where you are logged in")),
        name="usersessions_list",
    ),
    path(
        pgettext_lazy("url", "account/sessions/<int:pk>/end/"),
        as_page(views.end_session, _("Where you are logged in")),
        name="end_session",
    ),
    path(
        pgettext_lazy("url", "account/password/"),
        as_page(recently_authenticated(account.password_change), _("Change the password")),
        name="account_change_password",
    ),
    path(
        pgettext_lazy("url", "account/password/new/"),
        as_page(recently_authenticated(account.password_set), _("Choose a password")),
        name="account_set_password",
    ),
]
