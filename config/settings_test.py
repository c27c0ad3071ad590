"""Settings for the test run. Only DATABASE_URL must be set: `make test` does."""

import os

os.environ.setdefault("SECRET_KEY", "test")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("BASE_URL", "http://testserver")
os.environ.setdefault("SECURE_SSL_REDIRECT", "false")
os.environ.setdefault("SECURE_COOKIES", "false")
os.environ.setdefault("EMAIL_URL", "log://")
os.environ.setdefault("CELERY_BROKER_URL", "memory://")  # Eager tasks open a producer all the same.

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
# A live server's idle threads would hold on to databases that are gone after the test.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
WHITENOISE_AUTOREFRESH = False
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment] # no dict: none at all
REPEATED_QUERIES = 12  # tests/repeats.py fails a test for more
THROTTLING = False  # Tests of it turn it on.
