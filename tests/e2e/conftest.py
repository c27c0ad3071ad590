import pytest

from tests.e2e.inspection import Inspection
from tests.e2e.visitor import Visitor


class Cast:
    """Everybody who takes part, by what they are."""

    def __init__(self, browser, base_url):
        self.browser, self.base_url = browser, base_url
        self.inspection = Inspection()
        self.everybody = []

    def enter(self, part, name, email=""):
        """Give somebody a browser, and a name in the story."""
        visitor = Visitor(
            self.browser, self.inspection, base_url=self.base_url, name=name, email=email
        )
        self.everybody.append(visitor)
        setattr(self, part, visitor)
        return visitor

    def leave(self):
        for visitor in self.everybody:
            visitor.context.close()


@pytest.fixture
def cast(browser, live_server, settings):
    """An empty stage, on which mails can be read as in the demo."""
    settings.DEMO = True
    settings.BASE_URL = live_server.url
    cast = Cast(browser, live_server.url)
    yield cast
    cast.leave()
