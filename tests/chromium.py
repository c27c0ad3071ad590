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


def pytest_collection_modifyitems(config, items):
    browser_tests = [item for item in items if item.get_closest_marker("browser")]
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


@pytest.fixture(scope="session")
def browser():
    """Return a Chromium that Playwright drives."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow, and for few tests

    # Playwright runs a loop in this thread, in which Django would refuse to query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    no_sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS + no_sandbox)
        yield chromium
        chromium.close()
