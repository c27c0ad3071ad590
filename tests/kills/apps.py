import os
import signal
import time
from pathlib import Path

from django.apps import AppConfig


class KillsConfig(AppConfig):
    name = "tests.kills"

    def ready(self):
        from core import effects, pdf  # noqa: PLC0415 -- app ready

        if "DIE_BEFORE_PUBLISHING" in os.environ:
            effects.publish = die
        if "HOLD_RENDERING" in os.environ:
            pdf.render = held(pdf.render, Path(os.environ["HOLD_RENDERING"]))


def die(pk):
    """End this process and its siblings as if somebody had pulled the plug."""
    os.killpg(0, signal.SIGKILL)


def held(render, folder):
    """Stay in the middle of a rendering for as long as the folder holds a file called `hold`."""

    def render_and_wait(*args, **kwargs):
        content = render(*args, **kwargs)
        (folder / "started").touch()
        while (folder / "hold").exists():
            time.sleep(0.05)
        return content

    return render_and_wait
