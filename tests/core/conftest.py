import pytest


@pytest.fixture
def broker_is_down(settings, monkeypatch):
    """Have nothing published: what waits is done when a test does it."""
    settings.CELERY_TASK_ALWAYS_EAGER = False

    def refuse(*args, **kwargs):
        raise ConnectionError("nobody listens")

    monkeypatch.setattr("celery.app.task.Task.apply_async", refuse)
