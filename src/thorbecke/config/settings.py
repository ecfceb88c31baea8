"""Django settings, read from the environment; docs/settings.md lists what an administrator may set."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _

from . import environment as env

DATA = Path(env.DATA.value)
DEBUG = env.DEBUG.is_true
SECRET_KEY = env.SECRET_KEY.value
SECRET_KEY_FALLBACKS = [env.SECRET_KEY_PREVIOUS.value] if env.SECRET_KEY_PREVIOUS.value else []
PRODUCTION = env.PRODUCTION.is_true
ALLOWED_HOSTS = env.HOSTS.words
SITE_URL = env.SITE_URL.value.rstrip("/")
AUTHORITY = env.AUTHORITY.value
CONTACT = env.CONTACT.value
SECURITY_CONTACT = env.SECURITY_CONTACT.value
SOURCE_URL = env.SOURCE_URL.value
REQUEST_MAX_BYTES = int(env.UPLOAD_MEGABYTES.value) * 1024 * 1024
LOG_ORIGIN = env.LOG_ORIGIN.value
LOG_KEY = env.LOG_KEY.value
LOG_KEY_PREVIOUS = env.LOG_KEY_PREVIOUS.value
DEVELOPMENT_EID = env.DEVELOPMENT_EID.is_true
EID_ISSUER = env.EID_ISSUER.value.rstrip("/")
EID_CLIENT_ID = env.EID_CLIENT_ID.value
EID_CLIENT_SECRET = env.EID_CLIENT_SECRET.value
PSEUDONYM_KEY = env.PSEUDONYM_KEY.value
SESSION_MINUTES = int(env.SESSION_MINUTES.value)
TRUSTED_PROXIES = int(env.TRUSTED_PROXIES.value)

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "thorbecke.home",
    "thorbecke.elections",
    "thorbecke.identity",
    "thorbecke.ledger",
    "thorbecke.design",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "thorbecke.design.web.language.AddressLanguageMiddleware",
    "thorbecke.design.web.middleware.InputMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "thorbecke.identity.web.middleware.ActorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "thorbecke.config.urls"
WSGI_APPLICATION = "thorbecke.config.wsgi.application"
MESSAGE_TAGS = {message_levels.SUCCESS: "ok"}
FORM_RENDERER = "thorbecke.design.form_renderer.FormRenderer"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "thorbecke.identity.web.context.session_actor",
                "thorbecke.design.web.context.page",
                "thorbecke.home.context.frame",
            ],
        },
    }
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        env.DATABASE_URL.value or f"sqlite:///{DATA / 'thorbecke.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
FORMAT_MODULE_PATH = ["thorbecke.design.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 200}},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = urlsplit(SITE_URL).scheme == "https"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "thorbecke.design.web.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether subdomains have HTTPS too is the authority's to know
    "security.W008",  # the proxy that holds the certificate sends http to https
    "security.W021",  # preloading is asked for by the owner of the domain
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

ROLES: dict[str, frozenset[str]] = {
    "returning-officer": frozenset({"elections.import", "elections.draw", "elections.publish"}),
    "administrator": frozenset({"identity.manage-officials"}),
}
"""What each role of an official allows; a permission is named "<room>.<verb>"."""
