import pytest
from django.contrib.auth.models import Group
from django.utils import translation

from config import celery_app
from tests.access import make_world
from tests.factories.core import UserFactory

pytest_plugins = ["tests.databases", "tests.chromium", "tests.repeats", "tests.spanish"]


@pytest.fixture(autouse=True)
def _media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _language():
    """Leave no reader's language to the next test: a request sets it for its thread."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _tasks_are_known():
    """Import every tasks.py, as a worker does when it starts: the effects register there."""
    celery_app.loader.import_default_modules()


@pytest.fixture
def user_as(db):
    """Return a function that makes a user with the given role."""

    def make(role, **fields):
        user = UserFactory(**fields)
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def actor_as(user_as):
    """Return a function that makes a user with the given role, as their actor."""
    return lambda role, **fields: user_as(role, **fields).actor


@pytest.fixture
def client_as(client, user_as):
    """Return a function that signs the test client in: as a new user with a role, or as a user."""

    def sign_in(who):
        client.user = user_as(who) if isinstance(who, str) else who
        client.force_login(client.user, backend="core.sign_in.Backend")
        return client

    return sign_in


@pytest.fixture
def world(db):
    """Every kind of user, and their companies. See tests/access.py."""
    return make_world()


@pytest.fixture
def broker_is_down(settings, monkeypatch):
    """Have nothing published: what waits is done when a test does it."""
    settings.CELERY_TASK_ALWAYS_EAGER = False

    def refuse(*args, **kwargs):
        raise ConnectionError("nobody listens")

    monkeypatch.setattr("celery.app.task.Task.apply_async", refuse)
