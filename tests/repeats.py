"""No page asks for each row what it should ask once: any test in which one does fails.

Counting a page's queries at one row and at three (STYLE) finds most of these; this finds the
others, in whatever a test happens to open: see `core.queries`.
"""

import logging

import pytest


class Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        if "repeated" in record.msg:
            self.lines.append(record.getMessage())


@pytest.fixture(autouse=True)
def _no_page_repeats_itself(request):
    kept, log = Kept(), logging.getLogger("cadre.queries")
    log.addHandler(kept)
    yield
    log.removeHandler(kept)
    if not request.node.get_closest_marker("repeats"):
        assert kept.lines == []
