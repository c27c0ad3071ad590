"""The one settings module. What differs between machines comes from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent

# Deployment. A secret has a default only while DEBUG or DEMO is on.
DEBUG = env.flag("DEBUG", default=False)
# The demo binds 127.0.0.1 only: there, and only there, mails with their links can be read.
DEMO = env.flag("DEMO", default=False)
SECRET_KEY = env.text("SECRET_KEY", "insecure-development-key" if DEBUG or DEMO else None)
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", "localhost,127.0.0.1" if DEBUG or DEMO else None)
BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000" if DEBUG or DEMO else None).rstrip("/")
if DEMO and urlsplit(BASE_URL).hostname not in {"127.0.0.1", "localhost"}:
    raise ImproperlyConfigured("DEMO lets anybody read every mail: BASE_URL must be on 127.0.0.1.")
DATABASES = {"default": env.database("DATABASE_URL")}
# Where pg_dump and pg_restore are, if not on the PATH. They must be as new as the server.
PG_BINARIES = env.text("PG_BINARIES", "")
CACHES = {"default": env.cache("CACHE_URL", "locmem://")}
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "memory://" if DEBUG else None)
BROKER_FOLDER = Path(env.text("BROKER_FOLDER", str(BASE_DIR / ".local" / "broker")))
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "media")))
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "static_collected")))
globals().update(env.mail("EMAIL_URL", "log://" if DEBUG or DEMO else None))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "Cadre <no-reply@cadre.example>")

OIDC_APPS = env.oidc("OIDC_ISSUER")

SECURE_COOKIES = env.flag("SECURE_COOKIES", default=not (DEBUG or DEMO))
if env.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else everybody shares one address, and its rate limit
if not (DEBUG or DEMO):
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from beside, without TLS
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "core.sessions"  # whose each is, and when it was last used
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# Application: the same on every machine.
INSTALLED_APPS = [
    "portal",
    "cms",
    "training",
    "recruiting",
    "engagements",
    "vendors",
    "core",
    "django_htmx",
    "heroicons",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.snippets",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "core.logs.requests",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.permissions",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.sessions",
    # Every view needs a login unless it says @login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "core.middleware.policies",
    "core.middleware.actor",
    "core.middleware.second_factor",
    "core.middleware.refusals",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "core.templatetags.approvals",
                "core.templatetags.comments",
                "core.templatetags.ui",
                "core.templatetags.versions",
                "core.templatetags.workflow",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.navigation.context",
            ],
        },
    },
]
# Forms are drawn by core/templates/django/forms/, everywhere alike.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "config.urls"
# The way in to an engagement is its page across all apps, which the app below does not know.
ABSOLUTE_URL_OVERRIDES = {
    "engagements.engagement": lambda row: reverse("portal:engagement", args=[row.pk])
}
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]

# Files. Nothing below MEDIA_ROOT has an address of its own: core.files sends it, if one may see it.
MEDIA_URL = "/media-is-never-served/"
STATIC_URL = "/static/"
STORAGES = {
    # One host keeps files in MEDIA_ROOT; several share a bucket (requirements/server.txt).
    "default": env.files("FILES_URL", "folder://"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or DEMO  # Elsewhere `manage.py collectstatic` gathers them.
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.fonts.FontFinder",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
UPLOAD_LIMIT_BYTES = 10 * 1024 * 1024

# People sign in at one place, by e-mail, and only when they were invited.
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["core.sign_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "core.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # A stranger can't have us write to any address they type.
# Those not named here are allauth's own: 30 sign-ins and 20 resets a minute from an address.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
}
THROTTLING = True  # core.throttling: every other limit
# Who has an identity provider signs in by it too; without OIDC_ISSUER there is no such button.
SOCIALACCOUNT_ADAPTER = "core.single_sign_on.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_APPS, "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Cadre"

# Scripts and styles come from files only; the Wagtail admin needs more: see cms.sign_in.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF, NONCE],
        "object-src": [NONE],
        "base-uri": [NONE],
        # The button of the identity provider is a form that leads there.
        "form-action": [SELF, *(env.origin(app["settings"]["server_url"]) for app in OIDC_APPS)],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

WAGTAIL_SITE_NAME = "Cadre"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

CELERY_TASK_ACKS_LATE = True  # A killed worker's task runs again: tasks must be idempotent.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
if CELERY_BROKER_URL.startswith("filesystem://"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_FOLDER / "queue"),
        "data_folder_out": str(BROKER_FOLDER / "queue"),
        "control_folder": str(BROKER_FOLDER / "control"),
        "polling_interval": 0.05,  # the default takes one task a second
    }
elif CELERY_BROKER_URL.startswith("redis"):
    # A page waits no longer for a broker that is out of reach: the sweep will do.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2}
CELERY_BEAT_SCHEDULE = {
    # One that waited so long for a worker has others behind it.
    "sweep effects": {
        "task": "core.tasks.sweep_effects",
        "schedule": 5.0,
        "options": {"expires": 10},
    },
    # Each person's daily mail comes at an hour of their own place.
    "send digests": {
        "task": "core.tasks.send_digests",
        "schedule": crontab(minute=0),
    },
    "remind approvers": {
        "task": "core.tasks.remind_approvers",
        "schedule": crontab(minute="*/10"),
    },
    "expire offers": {
        "task": "recruiting.tasks.expire_offers",
        "schedule": crontab(hour=0, minute=5),
    },
    "forget unproved applications": {
        "task": "recruiting.tasks.forget_unproved_applications",
        "schedule": crontab(hour=1, minute=15),
    },
    "forget abandoned imports": {
        "task": "recruiting.tasks.forget_abandoned_imports",
        "schedule": crontab(hour=3, minute=25),
    },
    "forget arrivals": {
        "task": "engagements.tasks.forget_arrivals",
        "schedule": crontab(minute=35),
    },
    "forget audit entries": {
        "task": "core.tasks.forget_audit_entries",
        "schedule": crontab(hour=3, minute=40),
    },
    "forget messages": {
        "task": "core.tasks.forget_messages",
        "schedule": crontab(hour=3, minute=45),
    },
    "forget sessions": {
        "task": "core.tasks.forget_sessions",
        "schedule": crontab(hour=3, minute=50),
    },
    "heartbeat": {
        "task": "core.tasks.heartbeat",
        "schedule": 30.0,
        "options": {"expires": 60},
    },
    "forget jobs": {"task": "core.tasks.forget_jobs", "schedule": crontab(hour=3, minute=20)},
    "tell of seats that differ from their plan": {
        "task": "engagements.tasks.tell_of_differences",
        "schedule": crontab(hour=4, minute=10),
    },
    "expire proposals": {
        "task": "cms.tasks.expire_proposals",
        "schedule": crontab(hour=0, minute=10),
    },
}

# One line each, as text for eyes or as JSON for machines. `core.logs` says what stands in them.
LOG_FORMAT = env.text("LOG_FORMAT", "text" if DEBUG or DEMO else "json")
if LOG_FORMAT not in {"text", "json"}:
    raise ImproperlyConfigured(f"LOG_FORMAT must be text or json, not {LOG_FORMAT!r}.")
SLOW_QUERY_MS = env.number("SLOW_QUERY_MS", 500)
REPEATED_QUERIES = env.number("REPEATED_QUERIES", 20)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "core.logs.AddRequestId"}},
    "formatters": {
        "text": {
            "format": "{asctime} {levelname} {name} [{request_id}] {message}",
            "style": "{",
        },
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{request_id}{message}",
            "style": "{",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request_id"],
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "cadre": {"level": "INFO"},
        # It names addresses, which may hold a signed link, and errors' words; core.logs does not.
        "django.request": {"level": "CRITICAL"},
    },
}
