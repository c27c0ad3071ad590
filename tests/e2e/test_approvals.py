"""An administrator says who approves; one of them is away, another answers from the mail."""

import re

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from recruiting.models import Requisition
from tests.approvals import draft
from tests.e2e.visitor import PASSWORD
from tests.factories.core import UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.story,
    pytest.mark.django_db(transaction=True),
]


def person(cast, part, name, role):
    user = UserFactory(name=name, email=f"{part}@cadre.example")
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name=role))
    return cast.enter(part, name, user.email)


def test_a_requisition_is_approved_by_two_of_whom_one_is_away(cast):
    admin = person(cast, "admin", "Ada Lindqvist", "Administrator")
    hr = person(cast, "hr", "Helena Roth", "HR director")
    bizdev = person(cast, "bizdev", "Beatriz Duarte", "BizDev")
    recruiter = person(cast, "recruiter", "Rafał Maj", "Recruiter")
    requisition = draft(title="Night desk")
    page = requisition.get_absolute_url()

    the_policy_gets_a_second_step(admin)
    recruiter.sign_in().visit(page).press("Ask for approval")
    recruiter.reads("its turn comes", "0 of 1 approved")

    the_director_goes_away(hr, bizdev)
    bizdev.sign_in().menu("Approvals").reads("1 approval waits for you.", "in the place of Helena")
    bizdev.follow("Approve Night desk").reads("You answer in the place of Helena Roth.")
    bizdev.press("Approve").reads("Your approval is noted.", "approved by Beatriz Duarte")

    bizdev.sign_out()
    the_second_step_is_given_from_the_mail(bizdev)

    recruiter.visit(page).reads("1 of 1 approved", "approved")
    assert Requisition.objects.get().state == "open"
    hr.visit("/approvals/").reads("Nothing waits for your approval.")
    assert cast.inspection.faults == []


def the_policy_gets_a_second_step(admin):
    admin.sign_in().menu("Approval policies").reads("Who approves what?")
    admin.follow(re.compile("^Edit….*Requisitions$"))
    last = admin.page.get_by_role("group", name="One more step")
    last.get_by_label("Order").fill("2")
    last.get_by_label("Name").fill("Money")
    last.get_by_label("Within working hours").fill("8")
    admin.press("Save").reads("Name a role or a person: somebody has to be asked.")
    last = admin.page.get_by_role("group", name="One more step")
    last.get_by_label("BizDev").check()
    admin.press("Save").reads("Whatever is asked for from now on is approved so.", "2. Money")


def the_director_goes_away(hr, delegate):
    today = timezone.localdate()
    hr.sign_in().visit("/you/absence/").write(
        {"Who stands in for you": delegate.name, "First day": today, "Last day": today}
    )
    hr.press("Let them stand in").reads(f"{delegate.name} stands in for you.")


def the_second_step_is_given_from_the_mail(approver):
    approver.follow_link_in_mail("Please approve: ").reads("Do you approve", "Night desk")
    address = approver.page.url
    approver.press("Mail me a code").reads("A code is on its way")
    approver.read_mail("Your code for: ")
    code = approver.page.locator("main pre").inner_text().split("\n\n")[2].strip()
    approver.visit(address).write({"Code from the mail": "12"}).choose("Your answer", "Approve")
    approver.press("Send my answer").reads("This code is wrong.")
    approver.write({"Code from the mail": code}).press("Send my answer")
    approver.reads("Thank you. It is approved.")
