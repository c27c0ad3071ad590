"""An administrator gives a program an account, reads the reference, and ends the account again."""

import re

import pytest
import requests

from tests.e2e.story import people

pytestmark = [pytest.mark.browser, pytest.mark.story]


def test_administrator_makes_a_token_that_reads_and_ends_it(cast):
    people.administrator_comes_in(cast)
    admin = cast.admin

    admin.menu("Service accounts").reads("No program reads by the API.")
    admin.visit("/service-accounts/add/")
    admin.write({"Name": "Board", "What it is for": "Seats on the wall"})
    admin.choose("What it may read", "Clients").press("Make the account").reads("Copy it now.")
    token = re.search(r"cadre_[\w-]{43}", admin.text())[0]
    assert asked(cast, token) == 200

    admin.menu("Service accounts").follow("the reference")
    admin.reads("GET /api/v1/clients", "clients:read", "Authorization: Bearer")
    admin.visit("/service-accounts/").open_in_list("Board").press("Revoke")
    admin.reads("revoked")

    assert asked(cast, token) == 401
    assert cast.inspection.faults == []


def asked(cast, token):
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{cast.base_url}/api/v1/clients", headers=headers, timeout=30).status_code
