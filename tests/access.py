"""The access tables: one line for each route, one column for each kind of user.

Each app's `test_access.py` has a table ACCESS and a fixture that makes what its
routes lead to. A table's key is (method, route); its value says what each kind of
user is answered. `tests/test_access.py` finds a route that has no line.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client as Browser

from tests.factories.core import UserFactory
from tests.factories.engagements import ClientFactory, ClientPersonFactory
from tests.factories.vendors import VendorFactory, VendorPersonFactory

STAFF = ["Administrator", "HR director", "Recruiter", "BizDev", "Delivery manager", "Trainer", "QA"]
OUTSIDE = ["own approver", "own viewer", "other client", "own vendor", "other vendor"]
KINDS = ["stranger", *STAFF, *OUTSIDE]

SIGN_IN = 302  # where a stranger is sent


@dataclass
class World:
    """Every kind of user, and the client and vendor that are their own, or another's."""

    users: dict[str, Any]
    client: Any
    other_client: Any
    vendor: Any
    other_vendor: Any
    sessions: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> None:
        """Sign everybody in once: a table asks each of them a hundred times."""
        for kind in self.users.keys() - self.sessions.keys():
            browser = Browser()
            browser.force_login(self.users[kind], backend="core.sign_in.Backend")
            self.sessions[kind] = browser.cookies[settings.SESSION_COOKIE_NAME].value

    def browser(self, kind: str) -> Any:
        """Return a new browser of that kind of user, signed in; a stranger's is not."""
        browser = Browser(raise_request_exception=False)
        if kind != "stranger":
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[kind]
        return browser


def make_world() -> World:
    client, other_client = ClientFactory(name="Own"), ClientFactory(name="Other")
    vendor, other_vendor = VendorFactory(name="Own"), VendorFactory(name="Other")
    users = {kind: _user(kind) for kind in STAFF}
    for kind, role, company in [
        ("own approver", "Client approver", client),
        ("own viewer", "Client viewer", client),
        ("other client", "Client approver", other_client),
    ]:
        users[kind] = ClientPersonFactory(client=company).user
        users[kind].groups.add(Group.objects.get(name=role))
    for kind, company in [("own vendor", vendor), ("other vendor", other_vendor)]:
        users[kind] = VendorPersonFactory(vendor=company).user
        users[kind].groups.add(Group.objects.get(name="Vendor contact"))
    return World(users, client, other_client, vendor, other_vendor)


def _user(role: str) -> Any:
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    return user


def line(
    stranger: int = SIGN_IN, *, staff: int | dict[str, int] = 403, **outside: int
) -> list[int]:
    """Write a line of a table: `staff` for all of them, or by role ("" for the rest).

    `own_approver`, `own_viewer`, `other_client`, `own_vendor` and `other_vendor` are 403
    where not said otherwise; `outside` sets all five.
    """
    by_role = staff if isinstance(staff, dict) else {"": staff}
    rest = outside.pop("outside", 403)
    named = [outside.pop(kind.replace(" ", "_"), rest) for kind in OUTSIDE]
    assert not outside, f"unknown kinds {outside}"
    return [stranger, *(by_role.get(role, by_role.get("", 403)) for role in STAFF), *named]


def answers(world: World, method: str, path: str, data: Any = None) -> dict[str, int]:
    """Ask as each kind of user, each from the same state of the database."""
    world.sign_in()
    found = {}
    for kind in KINDS:
        point = transaction.savepoint()
        response = getattr(world.browser(kind), method)(path, data or {})
        found[kind] = response.status_code
        if response.streaming:
            list(response)  # which closes the file
        transaction.savepoint_rollback(point)
    return found


def differences(
    world: World, table: dict[tuple[str, str], list[int]], path_to: Callable, data: Any = None
) -> dict[tuple[str, str], dict[str, tuple[int, int]]]:
    """Hold all lines of a table against what is answered, each on rows of its own.

    Return for each line that is wrong who was answered what, and what the table says.
    """
    world.sign_in()
    wrong = {}
    for (method, route), statuses in table.items():
        point = transaction.savepoint()
        found, said = answers(world, method, path_to(route), data), expected(statuses)
        transaction.savepoint_rollback(point)
        if differing := {k: (found[k], said[k]) for k in KINDS if found[k] != said[k]}:
            wrong[method, route] = differing
    return wrong


def expected(statuses: list[int]) -> dict[str, int]:
    return dict(zip(KINDS, statuses, strict=True))
