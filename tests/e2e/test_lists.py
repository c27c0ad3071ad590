"""A recruiter's morning in a long list: narrow it, keep it as a view, and reject many at once.

By keys where a hand would leave the mouse; and once more without JavaScript.
"""

import re

import pytest

from core import people
from core.models import Actor
from recruiting.models import Application
from tests.factories.recruiting import ApplicationFactory, RequisitionFactory

pytestmark = [pytest.mark.browser, pytest.mark.story]
REASON = "No German on the phone"


@pytest.fixture
def requisition(transactional_db):
    requisition = RequisitionFactory(state="open", title="Agent, phone, German")
    for number in range(1, 6):
        ApplicationFactory(requisition=requisition, candidate__name=f"Applicant {number}")
    ApplicationFactory(requisition=requisition, candidate__name="Hired One", state="hired")
    return requisition


def comes_in(cast, part, name, email):
    people.invite(email=email, name=name, role="Recruiter", by=Actor.objects.system())
    return cast.enter(part, name, email).accept_invitation()


def test_long_list_is_narrowed_kept_and_worked_through(cast, requisition):
    ravi = comes_in(cast, "ravi", "Ravi Menon", "ravi@cadre.example")
    ravi.menu("Requisitions").open_in_list(re.compile("Agent, phone"))
    path = f"/requisitions/{requisition.pk}/applications/"

    ravi.visit(path).reads("6 applications")
    narrows_it_by_keys(ravi)
    keeps_it_as_a_view(ravi)
    rejects_two_by_keys(ravi)
    colleague_opens_the_view_without_script(cast, path)

    assert cast.inspection.faults == []


def narrows_it_by_keys(ravi):
    ravi.page.keyboard.press("/")
    ravi.page.keyboard.type("applicant")
    with ravi.page.expect_navigation():
        ravi.page.keyboard.press("Enter")
    ravi.arrive().reads("5 applications", "Name or e-mail: applicant")


def keeps_it_as_a_view(ravi):
    ravi.page.get_by_text("Keep as a view").click()
    ravi.write({"Name": "Applicants", "Share it with everybody who sees this list": True})
    ravi.press("Keep").reads("The view is kept.", "Applicants")


def rejects_two_by_keys(ravi):
    for key in "jxjx":
        ravi.page.keyboard.press(key)
    ravi.reads("2 chosen")
    ravi.write({"With those chosen:": "Reject"}).press("Preview")
    ravi.reads("Reject: 2 rows can be done.", "Nothing is done before you confirm.")
    assert not Application.objects.filter(state="rejected").exists()
    ravi.write({"Reason": REASON}).press("Reject: confirm")
    ravi.reads("Reject: 2 done, 0 refused.")
    assert Application.objects.filter(state="rejected", rejection_reason=REASON).count() == 2


def colleague_opens_the_view_without_script(cast, path):
    """The same list, with nothing but HTML: all that match are held, one is refused."""
    bea = comes_in(cast, "bea", "Bea Klein", "bea@cadre.example")
    cookies = bea.context.storage_state()
    bea.context.close()
    bea.context = bea.page.context.browser.new_context(
        base_url=cast.base_url, java_script_enabled=False, storage_state=cookies
    )
    bea.page = bea.context.new_page()
    bea.page.goto(path)
    follow_plainly(bea, "Applicants Ravi Menon")
    bea.page.get_by_label("All 5 that match").check()
    bea.page.get_by_label("With those chosen:").select_option("hold")
    press_plainly(bea, "Preview…")
    bea.reads("Put on hold: 3 rows can be done. 2 are blocked, and stay as they are.")
    press_plainly(bea, "Put on hold: confirm")
    bea.reads("Put on hold: 3 done, 2 refused.", "This is no longer possible: it is rejected.")


def follow_plainly(visitor, words):
    visitor.page.get_by_role("link", name=words).first.click()


def press_plainly(visitor, words):
    visitor.page.get_by_role("button", name=words).first.click()
