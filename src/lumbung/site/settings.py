"""Django's settings, made from the environment. No value here is read from anywhere else."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lumbung.site import environment, mail, secret
from lumbung.site.databases import databases

ENVIRONMENT = environment.read()
LUMBUNG_ENV: str = ENVIRONMENT["LUMBUNG_ENV"]
LUMBUNG_HOME: Path = ENVIRONMENT["LUMBUNG_HOME"]
LUMBUNG_KEYS = Path(ENVIRONMENT["LUMBUNG_KEYS"] or LUMBUNG_HOME / "keys")
LUMBUNG_LOG_MEMORY = LUMBUNG_KEYS / "log-signed.json"
LUMBUNG_FILES = LUMBUNG_HOME / "files"
LUMBUNG_DATASETS = LUMBUNG_HOME / "datasets"
LUMBUNG_ROW_COPIES = LUMBUNG_HOME / "row-copies"
LUMBUNG_WORKBOOKS = LUMBUNG_HOME / "workbooks"
LUMBUNG_NODE_MODULES: Path = ENVIRONMENT["LUMBUNG_NODE_MODULES"]
LUMBUNG_REQUIRE_TWO_STEP = LUMBUNG_ENV == "production"
IS_DEMO = LUMBUNG_ENV == "demo"
IS_PRODUCTION = LUMBUNG_ENV == "production"

SOURCE = Path(__file__).resolve().parents[1]

SECRET_KEY = ENVIRONMENT["LUMBUNG_SECRET_KEY"] or secret.local_secret(LUMBUNG_KEYS)
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT["LUMBUNG_HOSTS"] or ["127.0.0.1", "localhost", "[::1]", "testserver"]

CORE = ["base", "limits", "jobs", "events", "calendar", "regions", "organisations", "access", "log", "files"]
CORE += ["texts", "search", "links", "tables", "engines", "datasets", "indicators", "federation", "notices"]
CORE += ["portals", "web"]
MODULES = ["reports", "action_plan", "open_data"]


def _present(area: str, names: list[str]) -> list[str]:
    return [f"lumbung.{area}.{name}" for name in names if (SOURCE / area / name / "apps.py").exists()]


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "anymail",
    *_present("core", CORE),
    *_present("modules", MODULES),
    "lumbung.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lumbung.core.web.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lumbung.core.access.middleware.ViewerMiddleware",
    "lumbung.core.access.middleware.TwoStepMiddleware",
    "lumbung.core.portals.middleware.PortalMiddleware",
    "lumbung.core.web.middleware.RefusalMiddleware",
    "lumbung.core.web.middleware.NulMiddleware",
]

ROOT_URLCONF = "lumbung.site.urls"
WSGI_APPLICATION = "lumbung.site.wsgi.application"

_OUR_TEMPLATES = [
    SOURCE / area / name / "templates"
    for area, names in (("core", CORE), ("modules", MODULES), (".", ["site"]))
    for name in names
    if (SOURCE / area / name / "templates").exists()
]

TEMPLATES = [
    {
        # Explicit DIRS: searching every app's templates with Jinja2 breaks admin and allauth.
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": _OUR_TEMPLATES,
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "lumbung.core.web.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "lumbung.core.web.context.page_frame",
            ],
        },
    },
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "site" / "django_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lumbung.core.web.context.page_frame",
            ],
        },
    },
]

DATABASES = databases(ENVIRONMENT["DATABASE_URL"], LUMBUNG_HOME)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/akun/beranda/"
LOGIN_URL = "account_login"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "lumbung.core.access.link_tokens.LinkTokens"  # noqa: S105 - a class
ACCOUNT_ADAPTER = "lumbung.core.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/h/key,30/h/ip", "reset_password": "5/h/key,20/h/ip"}
ACCOUNT_SESSION_REMEMBER = False  # desks are shared: a session ends with the browser, and after SESSION_COOKIE_AGE
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "lumbung.core.access.two_step.TwoStepAdapter"
MFA_FORMS = {
    "authenticate": "lumbung.core.access.two_step.SignInForm",
    "reauthenticate": "lumbung.core.access.two_step.AgainForm",
}
MFA_TOTP_TOLERANCE = 1  # RFC 6238: a code typed while it changes, a phone whose clock is half a minute off
MFA_TOTP_ISSUER = "Lumbung"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
# Parts that are no applications of Django carry sentences too.
LOCALE_PATHS = [SOURCE / "site" / "locale", SOURCE / "core" / "base" / "locale"]
TIME_ZONE = "Asia/Makassar"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = SOURCE.parents[1] / "build" / "static"
LUMBUNG_FONTS = SOURCE.parents[1] / "build" / "fonts"
LUMBUNG_COMPILED_TEMPLATES = SOURCE.parents[1] / "build" / "templates"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "lumbung.core.web.finders.NodeModulesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": LUMBUNG_FILES}},
    "staticfiles": {
        # Unit tests render pages without collecting files first; journeys use the collected ones.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LUMBUNG_ENV == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600
# Each test client builds the middleware anew; looking through all collected files each time costs 30 ms.
WHITENOISE_AUTOREFRESH = LUMBUNG_ENV == "test"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Whatever is mailed, by us or by a library, waits in the outbox; its job hands it to the transport.
EMAIL_BACKEND = "lumbung.core.notices.backends.OutboxBackend"
DEFAULT_FROM_EMAIL = ENVIRONMENT["LUMBUNG_EMAIL_FROM"]
_MAIL = mail.transport(ENVIRONMENT["LUMBUNG_EMAIL_URL"])
LUMBUNG_MAIL_TRANSPORT = _MAIL.backend
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starttls, _MAIL.tls
EMAIL_TIMEOUT = mail.TIMEOUT_SECONDS
ANYMAIL = _MAIL.anymail
LUMBUNG_URL = mail.root_address(ENVIRONMENT["LUMBUNG_URL"], ENVIRONMENT["LUMBUNG_HOSTS"], ENVIRONMENT["PORT"])
LUMBUNG_ENGINE: str = ENVIRONMENT["LUMBUNG_ENGINE"]
LUMBUNG_HARVEST_INSIDE: list[str] = ENVIRONMENT["LUMBUNG_HARVEST_INSIDE"]
LUMBUNG_LOG_ORIGIN = ENVIRONMENT["LUMBUNG_LOG_ORIGIN"] or environment.log_origin_of(
    ENVIRONMENT["LUMBUNG_URL"], ENVIRONMENT["LUMBUNG_HOSTS"]
)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # data: the two-step QR; blob: previews before upload
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lumbung.core.web.pages.csrf_failure"
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if ENVIRONMENT["LUMBUNG_BEHIND_PROXY"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
LUMBUNG_BEHIND_PROXY = ENVIRONMENT["LUMBUNG_BEHIND_PROXY"]
# Tests send more than a person does; the tests of the limits set it to 1.
LUMBUNG_LIMIT_FACTOR = ENVIRONMENT["LUMBUNG_LIMIT_FACTOR"] * (100 if LUMBUNG_ENV == "test" else 1)

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "lumbung.core.files.spooling.TableUploadHandler",
    "lumbung.core.files.uploads.NamelessUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 60  # more than a form takes, so that the form can say so beside the field

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "lumbung": {"level": "INFO"},
        # These write addresses and arguments into the log; ours carry ids only.
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
        "PIL": {"level": "WARNING"},  # spells out the hidden fields of every picture
        "django_tasks": {"level": "CRITICAL"},
        "django_tasks_db": {"level": "CRITICAL"},
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]
