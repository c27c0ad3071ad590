"""The browser of the browser tests: Debian's Chromium, where the machine has it."""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOW_TO_GET_IT = (
    "The browser path was NOT tested: there is no Chromium on the PATH. "
    "Install it (Debian: apt-get install chromium), then run this again."
)
ARGUMENTS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    # A test machine may be closed off; without these Chromium keeps knocking at the outside.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    browser_tests = [item for item in items if item.get_closest_marker("browser")]
    # Begun last, the longest test would keep one worker busy while the others have nothing left.
    items.sort(key=lambda item: item not in browser_tests)
    if CHROMIUM or not browser_tests:
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(HOW_TO_GET_IT)
    for item in browser_tests:
        item.add_marker(pytest.mark.skip(reason="no Chromium"))


def pytest_unconfigure(config):
    """Say it last, below pytest's own closing line, where it is seen."""
    if not CHROMIUM and not hasattr(config, "workerinput"):
        print(f"\n{HOW_TO_GET_IT}")  # noqa: T201 -- pytest's own reporter has ended


@pytest.fixture(scope="module")
def browser():
    """Return a Chromium that Playwright drives.

    For one module only: as long as it is there, no other test could run a loop in this thread.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow, and for few tests

    no_sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs a loop in this thread, in which Django would refuse to query.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS + no_sandbox)
        yield chromium
        chromium.close()
