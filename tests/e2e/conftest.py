import pytest
from django.contrib.auth.models import Group

from core.models import User
from tests.e2e.inspection import Inspection
from tests.e2e.visitor import PASSWORD, Visitor
from tests.factories.core import UserFactory


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

    def sign_in(self, part, name, email, role):
        """Give a role to somebody who has access, made where there is none, and sign them in."""
        user = User.objects.filter(email=email).first() or UserFactory(name=name, email=email)
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name=role))
        visitor = self.enter(part, name, email)
        visitor.user = user
        return visitor.sign_in()

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
