"""What was approved is what goes on: a flagged change voids it, and says what it was and is."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from cms import actions as cms_actions
from cms.models import Proposal
from core import approvals
from core.approvals import difference
from core.models import Actor, ApprovalAsk, ApprovalRound
from core.workflow import StepRefused, blockers, take_step
from recruiting import actions
from recruiting.models import Offer, Requisition
from tests.approvals import (
    ask_of,
    changed,
    mails_to,
    policy,
    requested,
    rounds_of,
    say_yes,
    step,
)
from tests.cms.conftest import ready_engagement
from tests.recruiting.conftest import interviewed, terms

pytestmark = pytest.mark.django_db
OFFER, PROPOSAL = "recruiting.offer", "cms.proposal"


@pytest.fixture
def people(actor_as):
    return [actor_as("HR director", name=name) for name in ("Anna", "Bert")]


@pytest.fixture
def recruiter(actor_as):
    return actor_as("Recruiter", name="Rita")


def test_flagged_change_voids_what_was_given_and_asks_anew(people, recruiter):
    anna, bert = people
    policy(step("Both", anna, bert, needed=2))
    requisition = requested(by=recruiter, place="Kraków", target_on=date(2030, 6, 1))
    say_yes(requisition, anna)

    lines = changed(requisition, by=recruiter, place="Gdynia", target_on=date(2030, 7, 1))

    assert lines == ["Full by: 1 Jun 2030 → 1 Jul 2030", "Place: Kraków → Gdynia"]
    assert rounds_of(requisition) == ["void", "waiting"]
    first, second = ApprovalRound.objects.order_by("number")
    assert first.log.get().note == "\n".join(lines)
    assert second.changes == lines
    assert not second.steps.get().asks.filter(decided_at__isnull=False).exists()
    bodies = [mail.body for mail in mails_to(anna, "core.approval_asked")]
    assert ["- Place: Kraków → Gdynia" in body for body in bodies] == [False, True]


def test_another_language_of_a_choice_is_no_change(people, recruiter, monkeypatch):
    policy(step("Both", *people, needed=2))
    requisition = requested(by=recruiter)
    monkeypatch.setattr(Requisition, "get_role_display", lambda row: "agente")

    assert changed(requisition, by=recruiter) == []
    monkeypatch.undo()
    assert changed(requisition, by=recruiter, role="trainer") == ["Role: agent → trainer"]


def test_change_of_what_is_not_flagged_leaves_the_round_alone(people, recruiter):
    policy(step("Both", *people, needed=2))
    requisition = requested(by=recruiter)
    say_yes(requisition, people[0])

    assert changed(requisition, by=recruiter, description="You help callers.") == []
    assert rounds_of(requisition) == ["waiting"]
    assert ApprovalAsk.objects.filter(decided_at__isnull=False).count() == 1


def test_whoever_changes_it_asks_from_then_on_and_may_not_approve_it(people, recruiter):
    anna, bert = people
    policy(step("One of us", anna, bert))
    requisition = requested(by=recruiter)

    changed(requisition, by=anna, place="Gdynia")

    assert approvals.waiting(requisition).by == anna
    assert [ask.user for ask in ApprovalAsk.objects.open()] == [bert.user]
    told = [mail.subject_line for mail in mails_to(recruiter)]
    assert told == [f"{requisition} has changed: it is to be approved anew"]


def test_nobody_approves_what_they_have_not_seen(people, recruiter):
    anna = people[0]
    policy(step("Anna", anna))
    requisition = requested(by=recruiter, monthly_salary_from=2000, monthly_salary_to=3000)
    ask = ask_of(requisition, anna)
    Requisition.objects.update(monthly_salary_to=4000)

    with pytest.raises(StepRefused, match=r"Pay a month: €2,000 to €3,000 → €2,000 to €4,000"):
        approvals.approve(ask, by=anna)

    assert rounds_of(requisition) == ["void", "waiting"]
    assert approvals.waiting(requisition).by == recruiter
    assert say_yes(requisition, anna).state == "open"


def test_editing_on_the_page_voids_and_says_so(people, client_as, recruiter):
    policy(step("Anna", people[0]))
    requisition = requested(by=recruiter)
    browser = client_as(recruiter.user)
    page = reverse("recruiting:requisition_edit", args=[requisition.pk])
    form = browser.get(page).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    response = browser.post(page, {**data, "place": "Gdynia"}, follow=True)

    assert "Approvals given before are void" in response.content.decode()
    assert rounds_of(requisition) == ["void", "waiting"]


def drafted(opened, by):
    requisition = opened()
    seat = requisition.seats.get()
    return actions.draft_offer(interviewed(requisition), seat=seat, **terms(), by=by)


@pytest.fixture
def offer(people, recruiter):
    """An approved offer of a requisition that was opened the usual way."""
    policy(step("Anna", people[0]))
    policy(step("Anna", people[0]), kind=OFFER)
    requisition = say_yes(requested(by=recruiter), people[0])
    row = drafted(lambda: requisition, recruiter)
    return say_yes(take_step(row, "submit", by=recruiter), people[0])


def test_offer_changed_since_its_approval_is_not_sent(offer, recruiter):
    Offer.objects.filter(pk=offer.pk).update(monthly_salary=Decimal(9999))

    with pytest.raises(StepRefused) as refused:
        actions.send_offer(Offer.objects.get(pk=offer.pk), by=recruiter)

    expected = "Changed since its approval: Pay a month: €2,980 → €9,999."
    assert [str(each.reason) for each in refused.value.blockers] == [expected]
    assert actions.send_offer(reset(offer), by=recruiter).state == "sent"


def reset(offer):
    Offer.objects.filter(pk=offer.pk).update(monthly_salary=offer.monthly_salary)
    return Offer.objects.get(pk=offer.pk)


def test_revised_offer_is_no_longer_approved(offer, recruiter):
    revised = actions.revise_offer(offer, by=recruiter, **{**terms(), "monthly_salary": 3100})

    assert rounds_of(offer) == ["void"]
    assert approvals.latest(offer).log.last().note == "Pay a month: €2,980 → €3,100"
    submitted = take_step(revised, "submit", by=recruiter)
    assert rounds_of(submitted) == ["void", "waiting"]
    assert approvals.waiting(submitted).changes == ["Pay a month: €2,980 → €3,100"]


def test_offer_outside_the_band_asks_one_more(people, recruiter):
    anna, bert = people
    policy(step("Anna", anna))
    policy(step("Anna", anna), step("Band", bert, rule="outside_band", position=2), kind=OFFER)
    labels = []
    for top in (3000, 2900):
        row = requested(by=recruiter, monthly_salary_from=2000, monthly_salary_to=top)
        requisition = say_yes(row, anna)
        made = take_step(drafted(lambda r=requisition: r, recruiter), "submit", by=recruiter)
        labels.append([each.label for each in approvals.waiting(made).steps.all()])

    assert labels == [["Anna"], ["Anna", "Band"]]


@pytest.fixture
def proposal(actor_as):
    policy(step("BizDev", roles=bizdevs()), kind=PROPOSAL, own_allowed=True)
    bea = actor_as("BizDev", name="Bea")
    made = cms_actions.create_proposal(ready_engagement(client__name="Nordwind"), by=bea)
    return take_step(made, "submit", by=bea), bea


def bizdevs():
    return Group.objects.filter(name="BizDev")


def test_text_changed_in_the_editor_while_in_review_is_asked_for_anew(proposal):
    row, bea = proposal
    row.page.title = "A team for Nordwind"
    row.page.save()

    cms_actions.page_changed(row.page, by=bea)
    cms_actions.page_changed(row.page, by=bea)

    assert rounds_of(row) == ["void", "waiting"]
    change = "Title: A customer-care team for Nordwind → A team for Nordwind"
    assert approvals.waiting(row).changes == [change]


def test_proposal_with_another_price_is_asked_for_again_before_it_is_sent(proposal):
    row, bea = proposal
    row = say_yes(row, bea)
    row.engagement.seats.last().delete()
    row = Proposal.objects.for_steps().get(pk=row.pk)

    lacks = [str(each.reason) for each in blockers(row, "send", bea)]
    again = take_step(row, "ask_again", by=bea)

    assert any(each.startswith("Changed since its approval: Seats: 3 → 2") for each in lacks)
    assert rounds_of(again) == ["void", "waiting"]
    assert approvals.waiting(again).changes[0] == "Seats: 3 → 2"


def test_difference_is_in_words_whatever_appeared_or_went():
    old = [{"name": "a", "label": "Pay", "value": "1", "text": "€1"}, shot("gone", "here")]
    new = [{"name": "a", "label": "Pay", "value": "2", "text": "€2"}, shot("come", "now")]
    same_words = [{"name": "a", "label": "Text", "value": str(n), "text": "4 blocks"} for n in "12"]

    assert difference(old, new) == ["Pay: €1 → €2", "come: none → now", "gone: here → none"]
    assert difference(same_words[:1], same_words[1:]) == ["Text: changed"]
    assert difference(old, old) == []


def shot(name, text):
    return {"name": name, "label": name, "value": text, "text": text}


def test_row_that_came_with_a_history_has_no_round_to_stand_by(opened_offer):
    assert blockers(opened_offer, "send", Actor.objects.system()) == []


@pytest.fixture
def opened_offer(people, recruiter):
    policy(step("Anna", people[0]))
    requisition = say_yes(requested(by=recruiter), people[0])
    row = drafted(lambda: requisition, recruiter)
    Offer.objects.filter(pk=row.pk).delete()
    return Offer.objects.create(
        application=row.application, seat=row.seat, currency="EUR", state="approved", **terms()
    )
