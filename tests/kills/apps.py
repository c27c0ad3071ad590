import os
import signal

from django.apps import AppConfig


class KillsConfig(AppConfig):
    name = "tests.kills"

    def ready(self):
        if "DIE_BEFORE_PUBLISHING" in os.environ:
            from core import effects  # noqa: PLC0415 -- app ready

            effects.publish = die


def die(pk):
    """End this process and its siblings as if somebody had pulled the plug."""
    os.killpg(0, signal.SIGKILL)
