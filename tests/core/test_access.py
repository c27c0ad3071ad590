"""Who may do what with core's pages."""

import pytest
from django.urls import reverse

from core import files, links, people
from core.models import Actor, Effect, Message
from tests.access import answers, expected, line
from tests.factories.core import UserFactory

ADMINISTRATION = line(staff={"Administrator": 200})
MAIL = line(404, staff={"Administrator": 200, "": 404}, outside=404)  # in the demo: everybody
ACCESS = {
    ("get", "core:healthz"): line(200, staff=200, outside=200),
    ("get", "core:styleguide"): line(staff=200),
    # A vendor's step: those who may change vendors, and only theirs who may see it.
    ("post", "core:step"): line(
        staff={"Administrator": 302, "HR director": 302, "BizDev": 302},
        outside=404,
        own_vendor=403,
    ),
    # A vendor's file: our staff, and the vendor's own people.
    ("get", "core:file"): line(staff=200, outside=404, own_vendor=200),
    ("get", "core:people"): ADMINISTRATION,
    ("get", "core:invite"): ADMINISTRATION,
    ("post", "core:invite"): line(staff={"Administrator": 422}),
    ("get", "core:invitation"): line(200, staff=200, outside=200),
    ("get", "core:mail"): MAIL,
    ("get", "core:message"): MAIL,
    ("get", "core:mail_texts"): ADMINISTRATION,
    ("get", "core:mail_text"): ADMINISTRATION,
    ("post", "core:mail_text"): line(staff={"Administrator": 422}),
    ("get", "core:effects"): ADMINISTRATION,
    ("post", "core:requeue"): line(staff={"Administrator": 302}),
}


@pytest.fixture
def path_to(world):
    """Return a function that gives the path of a route to something of the own vendor's."""
    system = Actor.objects.system()
    entry = files.store(world.vendor, name="a.pdf", content=b"%PDF-1.7\n", by=system)
    message = Message.objects.create(template="x", to="a@x.example", subject_line="x", body="x")
    dead = Effect.objects.create(name="tests.none", key="a", state="dead")
    link = links.promise(people.INVITATION, UserFactory(), email="n@x.example", by=system)
    token = links.mint(link.pk, to="n@x.example").rstrip("/").rsplit("/", 1)[-1]
    arguments = {
        "core:step": ["vendors.vendor", world.vendor.pk, "submit"],
        "core:file": [entry.key],
        "core:invitation": [token],
        "core:message": [message.pk],
        "core:mail_text": ["core.invitation", "en"],
        "core:requeue": [dead.pk],
    }
    return lambda route: reverse(route, args=arguments.get(route))


@pytest.mark.parametrize(("method", "route"), list(ACCESS))
def test_access(method, route, world, path_to):
    found = answers(world, method, path_to(route), data={"nothing": "useful"})

    assert found == expected(ACCESS[method, route])


@pytest.mark.parametrize("route", ["core:mail", "core:message"])
def test_mail_is_open_to_everybody_in_the_demo(route, world, path_to, settings):
    settings.DEMO = True

    assert set(answers(world, "get", path_to(route)).values()) == {200}
