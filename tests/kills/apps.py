import os
import signal
import time
from pathlib import Path

from django.apps import AppConfig


class KillsConfig(AppConfig):
    name = "tests.kills"

    def ready(self):
        from core import effects, files, jobs, pdf, workflow  # noqa: PLC0415 -- app ready
        from portal.adoption import taking  # noqa: PLC0415 -- app ready

        if "DIE_BEFORE_PUBLISHING" in os.environ:
            effects.publish = die
        if "HOLD_RENDERING" in os.environ:
            pdf.render = held(pdf.render, Path(os.environ["HOLD_RENDERING"]))
            stay = held(lambda: None, Path(os.environ["HOLD_RENDERING"]))
            taking.publish_job = held(taking.publish_job, Path(os.environ["HOLD_RENDERING"]))
            jobs.work("tests.slow", label="Slow")(slow(jobs, stay))
            files.keep = held(files.keep, Path(os.environ["HOLD_RENDERING"]))
            # Called by this name for rows of bulk steps and for the buttons of pages alone.
            workflow.take_step = held(workflow.take_step, Path(os.environ["HOLD_RENDERING"]))


def slow(jobs, stay):
    """Write a row for each row of the job, and stay in the middle of the second chunk."""

    def do(job, rows, by):
        for row in rows:
            type(by).objects.of_import(f"row {row}")
            if row == 2:
                stay()
            yield jobs.Line(row, "new")

    return do


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
