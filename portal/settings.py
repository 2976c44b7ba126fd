"""Settings of the portal, safe by default; every secret and address comes from the environment."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from foundation.server.media_storage import storage_from_url
from foundation.server.postgres.url import database_from_url

BASE_DIR = Path(__file__).resolve().parent.parent


def environment(name: str, default: str | None = None, *, hint: str = "") -> str:
    """Value of an environment variable; an error that says what to set where it has none."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}. {hint}".strip())
    return value


DEBUG = environment("DEBUG", "0") == "1"
SECRET_KEY = environment("SECRET_KEY", hint="Fifty random characters; `make demo` makes its own.")
# Keys that were used before: what they signed or closed is still taken (docs/deployment.md).
SECRET_KEY_FALLBACKS = [key for key in environment("SECRET_KEY_FALLBACKS", "").split(",") if key]
# The public keys that backups are sealed for; the private ones are not the server's business.
BACKUP_RECIPIENT = [key for key in environment("BACKUP_RECIPIENT", "").split(",") if key]
ALLOWED_HOSTS = [name for name in environment("ALLOWED_HOSTS", "").split(",") if name]
# The site's own address without a final slash, for links in mail and for search engines; without
# it, absolute addresses follow the Host header, which ALLOWED_HOSTS has checked.
SITE_URL = environment("SITE_URL", "").rstrip("/")

INSTALLED_APPS = [
    "modeltranslation",  # before admin: it prepares the models that the admin shows
    "portal.apps.PortalAdminConfig",  # django.contrib.admin with our order and language
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "pgtrigger",
    "js_asset",
    "django_prose_editor",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "foundation.content",
    "foundation.editing",
    "foundation.search",
    "foundation.history",
    "foundation.accounts",
    "foundation.server",
    "foundation.backup",
    "foundation.translations",
    "municipalities",
    "projects",
    "publications",
    "network",
    "portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.CompressTexts",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.permissions_policy",
    "portal.middleware.refuse_unreadable_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.activate_language",
    "portal.middleware.say_that_the_database_is_away",
    "portal.middleware.refuse_what_is_too_large",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.middleware.speak_the_users_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "foundation.accounts.second_factor.second_factor_for_staff",
    "foundation.accounts.sessions.note_last_seen",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "portal.site.site",
            ],
        },
    }
]

# Without DATABASE_URL a PostgreSQL of our own is started.
DATABASES = {
    "default": database_from_url(
        os.environ.get("DATABASE_URL"),
        data=Path(environment("POSTGRES_DATA", str(BASE_DIR / ".local" / "postgres"))),
    )
}
# A server that does not answer must not keep readers waiting for long.
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options.setdefault("connect_timeout", 3)
if STATEMENT_SECONDS := environment("STATEMENT_SECONDS", ""):
    _options.setdefault("options", f"-c statement_timeout={int(STATEMENT_SECONDS)}s")
# Finished pages in front of Django (docs/page-cache.md): megabytes of each process, 0 for none.
PAGE_CACHE_MB = int(environment("PAGE_CACHE_MB", "0" if DEBUG else "8"))
# The server's own address, where DATABASE_URL leads through a pooler that lends a connection for
# one transaction at a time: notifications do not pass it.
PAGE_CACHE_DATABASE = (
    database_from_url(environment("PAGE_CACHE_DATABASE_URL"), data="")
    if os.environ.get("PAGE_CACHE_DATABASE_URL")
    else None
)
# What `run.py serve` tells its workers: a file that they share, and the port of the site.
PAGE_CACHE_SHARED = environment("PAGE_CACHE_SHARED", "")
PAGE_CACHE_PORTS = [port for port in environment("PORT", "").split(",") if port]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Used for nothing but the limits of log-in, which have to hold over every process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limit",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members:home"
LOGOUT_REDIRECT_URL = "portal:home"

# Log-in, by django-allauth (docs/log-in.md): a code by e-mail, a passkey, or a password and then an
# authenticator app. Accounts are made by staff only.
ACCOUNT_ADAPTER = "foundation.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "foundation.accounts.adapters.MFAAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # else the log-in form has no password either
ACCOUNT_EMAIL_VERIFICATION = "none"  # who has entered a code has the address
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key,15/h/key",
    "reauthenticate": "10/m/user",
}
_FORMS = "foundation.accounts.forms"
ACCOUNT_FORMS = {
    "change_password": f"{_FORMS}.NewPasswordForm",
    "confirm_login_code": f"{_FORMS}.CodeForm",
    "login": f"{_FORMS}.PasswordLoginForm",
    "reauthenticate": f"{_FORMS}.ConfirmByPasswordForm",
    "request_login_code": f"{_FORMS}.CodeRequestForm",
    "set_password": f"{_FORMS}.FirstPasswordForm",
}
MFA_FORMS = {
    "activate_totp": f"{_FORMS}.AppForm",
    "add_webauthn": f"{_FORMS}.PasskeyForm",
    "authenticate": f"{_FORMS}.SecondFactorForm",
    "edit_webauthn": f"{_FORMS}.PasskeyNameForm",
    "reauthenticate": f"{_FORMS}.ConfirmByFactorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds that a telephone's clock may be wrong
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Two equal languages. LANGUAGE_CODE is only what Django falls back on outside a request.
LANGUAGES = [("sv", _("Swedish")), ("fi", _("Finnish"))]
LANGUAGE_CODE = "sv"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["foundation.translations.locale_formats"]
USE_I18N = True
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True
MODELTRANSLATION_DEFAULT_LANGUAGE = "sv"
# Its fallback hides which language one got; foundation.content.texts answers that question instead.
MODELTRANSLATION_ENABLE_FALLBACKS = False

# The rooms of the house (docs/architecture.md): whose models are ours.
ROOMS = ("foundation", "municipalities", "projects", "publications", "network", "portal")
# The rooms whose models are content: what is written to them can be looked up and had back. The
# people who log in are no content.
KEEPS_HISTORY_OF = ("content", "municipalities", "projects", "publications", "network", "portal")

# Where search keeps its dictionaries: 20 MB, made when they are first needed.
SEARCH_DICTIONARIES = Path(environment("SEARCH_DICTIONARIES", str(BASE_DIR / ".local" / "search")))

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_ROOT = Path(environment("MEDIA_ROOT", str(BASE_DIR / ".local" / "media")))
# No MEDIA_URL is mounted: every upload passes a view that checks that it is published.
MEDIA_URL = "/media-is-served-by-views/"
STORAGES = {
    "default": storage_from_url(environment("MEDIA_STORAGE", "")),
    "staticfiles": {
        "BACKEND": "foundation.server.style_sheet.StaticFilesWithOneStyleSheet",
        "OPTIONS": {"style_sheet": "portal/site.css"},
    },
}
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MOST_SENT_WITH_FILES = 1_000_000_000  # several files of 200 MB at once (publications.uploads)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000  # a publication with its proposals, figures and authors

# Jobs (reading uploaded files) are done at once, within the request that asks for them, or left to
# `manage.py db_worker`, which must then be running.
JOBS = environment("JOBS", "at-once")
_JOBS = {
    "at-once": "django_tasks.backends.immediate.ImmediateBackend",
    "worker": "django_tasks_db.DatabaseBackend",
}
if JOBS not in _JOBS:
    raise ImproperlyConfigured("JOBS is at-once or worker.")
TASKS = {"default": {"BACKEND": _JOBS[JOBS]}}

# Plain http on loopback (make demo) is the only reason to say SECURE=0.
SECURE = environment("SECURE", "1") == "1"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
# How many addresses at the end of X-Forwarded-For are a proxy's own word; the rest is hearsay.
ALLAUTH_TRUSTED_PROXY_COUNT = 0
if environment("BEHIND_PROXY", "0") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Only log-in sets cookies, and no page of readers looks at one (docs/decisions/0005). A browser
# takes the prefix from this very host over https only (RFC 6265bis, section 4.1.3.2).
_PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_PREFIX}session", f"{_PREFIX}csrf"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/"
SESSION_COOKIE_AGE = 12 * 3600  # a long day's work, then everybody logs in anew
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# EMAIL_URL is smtp://user:password@host:port or smtps://…; without it mail is not sent, and what
# would have been mailed stays in the admin.
EMAIL_URL = environment("EMAIL_URL", "")
if EMAIL_URL:
    _mail = urlsplit(EMAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+tls"
    EMAIL_TIMEOUT = 10
elif environment("PORTAL_DEMO", "0") == "1":
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment("MAIL_FROM", "portal@localhost")
FEEDBACK_TO = [address for address in environment("FEEDBACK_TO", "").split(",") if address]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{levelname} {name}: {message}", "style": "{"},
        "json": {"()": "foundation.server.logs.JsonLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": environment("LOG_FORMAT", "line"),
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A host that asks for a name we do not have is no fault of ours.
    "loggers": {
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # Nor is an address that leads nowhere; what fails is told.
        "django.request": {"level": "ERROR"},
    },
}
