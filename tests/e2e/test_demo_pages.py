"""The demo's pages, full as they are after a year: by night and on a phone, and for the README.

    CADRE_PICTURES=docs/pictures make test ARGS="tests/e2e/test_demo_pages.py"

writes the README's two pictures anew.
"""

import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from core import effects
from portal.demo.people import PASSWORD, SIGN_INS

pytestmark = [pytest.mark.browser, pytest.mark.demo]
IN_REVIEW = "Whom shall we choose? Agent, complaints desk, German, v1"


@pytest.fixture
def demo(cast, monkeypatch):
    """The demo's people; what a worker would print or send is left undone."""
    with monkeypatch.context() as patch:
        patch.setattr(effects, "publish", lambda pk: None)
        call_command("load_demo", verbosity=0)
    return cast


def sign_in(cast, key):
    email, name, *_ = SIGN_INS[key]
    visitor = cast.enter(key, name, email)
    visitor.page.emulate_media(color_scheme="dark")
    return visitor.sign_in(password=PASSWORD)


def test_demo_pages_by_night(demo):
    staff_look_around(demo)
    hr = sign_in(demo, "hr").reads("teams will likely miss")
    take_picture(hr, "home.png", height=800)
    client_answers_some(sign_in(demo, "nordwind"))
    sign_in(demo, "wisla").follow("Candidates", within="#menu")

    assert demo.inspection.faults == []


def staff_look_around(demo):
    recruiter = sign_in(demo, "recruiter")
    recruiter.menu("Requisitions").visit("/requisitions/?sort=-open")
    recruiter.open_in_list(re.compile(r"^R-")).follow("Board")
    recruiter.menu("Candidates")
    bizdev = sign_in(demo, "bizdev")
    bizdev.open_in_list("Fjordlys Energi").menu("Proposals").menu("Contracts")
    bizdev.menu("Engagements").open_in_list(re.compile("^Nordwind Bank"))
    bizdev.follow("Plans, teams, history").open_in_list(re.compile("^Plan v"))
    sign_in(demo, "delivery").menu("Classes").visit("/classes/?state=running")


def client_answers_some(client):
    """Two items are agreed, one is to be changed, the rest waits."""
    client.open_in_list(IN_REVIEW)
    questions = client.page.get_by_role("radiogroup")
    questions.nth(1).get_by_label("Approve").check()
    questions.nth(2).get_by_label("Change").check()
    client.page.locator("summary", has_text="In your words").nth(2).click()
    client.page.get_by_label("Your words").nth(2).fill("People who commute from Germany, too.")
    client.press("Keep for later").reads("Your answers are kept.")
    take_picture(client, "criteria.png", height=960)
    for page in ("Decisions", "Candidates", "Progress", "Documents"):
        client.menu(page)


def take_picture(visitor, name, *, height):
    """Write a picture of the page by day, where somebody asked for it."""
    folder = os.environ.get("CADRE_PICTURES")
    if folder:
        visitor.visit(visitor.page.url)
        visitor.page.emulate_media(color_scheme="light")
        visitor.page.set_viewport_size({"width": 1280, "height": height})
        visitor.page.screenshot(path=Path(folder) / name)
        visitor.page.emulate_media(color_scheme="dark")
