"""Delegates, and approvers who leave or change their role."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import approvals, departures, handover
from core.approvals.mailed import opened
from core.forms_approvals import AbsenceForm
from core.links import LinkInvalid
from core.models import Actor, ApprovalAsk, Delegation, Notification
from core.workflow import StepRefused
from tests.approvals import ask_of, mails_to, policy, requested, say_yes, step, token_for
from tests.factories.recruiting import OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(actor_as):
    return [actor_as("Recruiter", name=name) for name in ("Anna", "Bert", "Cleo")]


@pytest.fixture
def administrator(actor_as):
    return actor_as("Administrator", name="Ada")


def away(who, delegate, first=0, last=0):
    """Let somebody stand in from so many days ahead to so many."""
    today = timezone.localdate()
    between = {"starts_on": today + timedelta(first), "ends_on": today + timedelta(last)}
    return approvals.stand_in(who.user, delegate.user, **between)


def waits_for(person):
    return [str(each.subject) for each in approvals.waiting_for(person, now=timezone.now())]


def held(requisition, reader):
    """Return what a reader sees that holds its steps up."""
    standing = approvals.standing(requisition, reader, now=timezone.now())
    return [str(blocker.reason) for stage in standing.stages for blocker in stage.blockers]


def test_delegate_answers_in_anothers_place_and_both_names_are_kept(people):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    requisition = requested()
    away(anna, bert)

    approvals.approve(ask_of(requisition, anna), by=bert)

    ask = ApprovalAsk.objects.get()
    assert (ask.user, ask.decided_by, ask.by_delegate) == (anna.user, bert, True)
    assert approvals.latest(requisition).state == "approved"


@pytest.mark.parametrize(("first", "last"), [(1, 5), (-5, -1)])
def test_delegate_answers_neither_before_the_first_day_nor_after_the_last(first, last, people):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    requisition = requested()
    away(anna, bert, first, last)

    with pytest.raises(PermissionDenied):
        approvals.approve(ask_of(requisition, anna), by=bert)
    assert (waits_for(bert), waits_for(anna)) == ([], [str(requisition)])


@pytest.mark.parametrize(("first", "last"), [(0, 5), (-5, 0)])
def test_both_days_are_included(first, last, people):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    requisition = requested()
    away(anna, bert, first, last)

    assert waits_for(bert) == waits_for(anna) == [str(requisition)]
    assert len(mails_to(bert, "core.approval_asked")) == 1


def test_whoever_asked_for_it_stands_in_for_no_approver_of_it(people):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    requisition = requested(by=bert)
    away(anna, bert)

    with pytest.raises(StepRefused, match="You asked for it: somebody else approves it"):
        approvals.approve(ask_of(requisition, anna), by=bert)
    assert waits_for(bert) == mails_to(bert) == []


def test_delegate_who_is_asked_as_well_answers_once_for_both(people):
    anna, bert, cleo = people
    policy(step("Two", anna, bert, cleo, needed=2))
    requisition = requested()
    away(anna, bert)
    say_yes(requisition, bert)

    with pytest.raises(StepRefused, match="You have answered in this step already"):
        approvals.approve(ask_of(requisition, anna), by=bert)
    assert waits_for(bert) == []
    assert len(mails_to(bert, "core.approval_asked")) == 1
    assert say_yes(requisition, cleo).state == "open"


def test_coming_back_ends_what_the_delegate_was_mailed_and_going_again_mails_anew(people):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    requisition = requested()
    row = away(anna, bert, 0, 3)
    token = token_for(requisition, bert)

    approvals.come_back(row)

    with pytest.raises(LinkInvalid):
        opened(token)
    assert waits_for(bert) == []
    assert opened(token_for(requisition, anna)).user == anna.user
    away(anna, bert, 0, 3)
    assert opened(token_for(requisition, bert)).user == bert.user
    assert len(mails_to(bert, "core.approval_asked")) == 2


def test_coming_back_leaves_the_links_of_another_absence_alone(people):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    requisition = requested()
    first, _second = away(anna, bert, 0, 3), away(anna, bert, 0, 9)
    token = token_for(requisition, bert)

    approvals.come_back(first)

    assert opened(token).user == bert.user
    assert len(mails_to(bert, "core.approval_asked")) == 1


def form(who, delegate, first, last):
    data = {"delegate": delegate.user.pk, "starts_on": first, "ends_on": last}
    found = AbsenceForm(who.user, {**data})
    return {field: list(errors) for field, errors in found.errors.items()}


def test_nobody_who_is_away_themselves_is_named(people):
    anna, bert, cleo = people
    approvals.stand_in(bert.user, cleo.user, starts_on=date(2031, 3, 10), ends_on=date(2031, 3, 14))

    assert form(anna, bert, "2031-03-01", "2031-03-09") == {}
    assert form(anna, bert, "2031-03-14", "2031-03-20") == {
        "delegate": [
            "Bert is away as well, from 10 March 2031 to 14 March 2031: name somebody else."
        ]
    }


def test_days_of_an_absence_are_checked(people):
    anna, bert, _cleo = people

    assert form(anna, bert, "2031-03-09", "2031-03-01") == {
        "ends_on": ["The last day is before the first."]
    }
    assert form(anna, bert, "2020-03-01", "2020-03-09") == {"ends_on": ["This day is past."]}
    assert list(form(anna, anna, "2031-03-01", "2031-03-09")) == ["delegate"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            user=anna.user,
            delegate=anna.user,
            starts_on=date(2031, 3, 1),
            ends_on=date(2031, 3, 1),
        )


def test_whose_delegate_goes_away_as_well_is_told(people):
    anna, bert, cleo = people
    away(anna, bert, 2, 6)

    away(bert, cleo, 6, 9)

    told = Notification.objects.get()
    assert told.user == anna.user
    words = "Bert, who stands in for you, will be away as well: name somebody else"
    assert told.text == words


def test_delegate_who_has_left_stands_in_for_nobody(people, administrator):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    requisition = requested()
    away(anna, bert, 0, 5)

    departures.deactivate(bert.user, receivers={}, by=administrator)

    with pytest.raises(PermissionDenied):
        approvals.approve(ask_of(requisition, anna), by=bert)


def test_whoever_leaves_hands_over_what_they_are_asked_now_and_later(people, administrator):
    anna, bert, cleo = people
    policy(step("First", anna), step("Second", cleo, anna, position=2))
    requisition = requested()
    token = token_for(requisition, anna)
    open_work = {work.key: len(rows) for work, rows in handover.open_of(anna.user)}

    departures.deactivate(anna.user, receivers={"core.approvals": bert.user}, by=administrator)

    assert open_work == {"core.approvals": 2}
    with pytest.raises(LinkInvalid):
        opened(token)
    assert waits_for(bert) == [str(requisition)]
    assert len(mails_to(bert, "core.approval_asked")) == 1
    say_yes(requisition, bert)
    assert len(mails_to(bert, "core.approval_asked")) == 2
    assert waits_for(cleo) == [str(requisition)]


@pytest.mark.parametrize("why", ["asked already", "asked for it"])
def test_receiver_with_whom_too_few_could_approve_is_refused_and_nothing_is_changed(
    why, people, administrator
):
    anna, bert, cleo = people
    both = why == "asked already"
    policy(step("Some", anna, *([bert] if both else []), needed=2 if both else 1))
    requisition = requested(by=None if both else bert)

    with pytest.raises(StepRefused) as refused:
        departures.deactivate(anna.user, receivers={"core.approvals": bert.user}, by=administrator)

    words = f"Bert can't take these over, since too few could approve them then: {requisition}."
    assert words in str(refused.value)
    anna.user.refresh_from_db()
    assert (anna.user.is_active, waits_for(anna)) == (True, [str(requisition)])
    departures.deactivate(anna.user, receivers={"core.approvals": cleo.user}, by=administrator)
    assert held(requisition, administrator) == []


def test_receiver_who_asked_for_it_may_where_the_others_suffice(people, administrator):
    anna, bert, cleo = people
    policy(step("One of two", anna, cleo))
    requisition = requested(by=bert)

    departures.deactivate(anna.user, receivers={"core.approvals": bert.user}, by=administrator)

    assert waits_for(bert) == []
    assert held(requisition, administrator) == []


def test_what_one_leaves_behind_is_named_by_its_subject(people, client_as):
    anna, _bert, _cleo = people
    policy(step("Money", anna), kind="recruiting.offer")
    offer = OfferFactory(state="in_approval")
    this = approvals.begin(offer, by=Actor.objects.system())
    browser = client_as("Administrator")

    page = browser.get(f"/people/{anna.user.pk}/deactivate/").content.decode()

    name = f"Offer to {offer.application.candidate.code}: Money"
    assert f'<a href="{this.get_absolute_url()}">{name}</a>' in page
    assert str(offer.application.candidate) not in page


def test_taking_the_role_of_the_last_who_could_approve_says_what_would_stand(actor_as, client_as):
    hr = actor_as("HR director", name="Helga")
    requisition = requested()
    browser, path = client_as("Administrator"), f"/people/{hr.user.pk}/roles/"

    asked = browser.post(path, {"roles": ["Recruiter"]})
    page = asked.content.decode()
    assert (asked.status_code, f"could approve these any more: {requisition}." in page) == (
        422,
        True,
    )
    assert 'name="anyway"' in page
    assert waits_for(hr) == [str(requisition)]

    assert browser.post(path, {"roles": ["Recruiter"], "anyway": "on"}).status_code == 302
    assert waits_for(hr) == []


def test_taking_a_role_that_others_have_asks_nothing(actor_as, client_as):
    hr = actor_as("HR director", name="Helga")
    actor_as("HR director", name="Henrik")
    requested()

    answer = client_as("Administrator").post(f"/people/{hr.user.pk}/roles/", {"roles": []})

    assert answer.status_code == 302


def test_what_too_few_can_approve_stands_on_the_administrators_home_and_the_health_page(
    actor_as, client_as
):
    hr, administrator = actor_as("HR director", name="Helga"), actor_as("Administrator")
    requisition = requested()
    browser = client_as("Administrator")
    assert "Each has somebody who can give it." in browser.get("/health/").content.decode()
    assert "too few can give" not in browser.get("/home/").content.decode()

    departures.change_roles(hr.user, [], by=administrator)

    assert "1 can be given by too few" in browser.get("/health/").content.decode()
    home = browser.get("/home/").content.decode()
    assert "Approvals that too few can give" in home
    assert str(requisition) in home


def test_who_is_asked_by_a_role_is_asked_as_long_as_they_have_it(actor_as, administrator):
    hr = actor_as("HR director", name="Helga")
    requisition = requested()
    ask = ask_of(requisition, hr)

    departures.change_roles(hr.user, ["Recruiter"], by=administrator)

    with pytest.raises(StepRefused, match="no longer the role they are asked by"):
        approvals.approve(ask, by=hr)
    assert waits_for(hr) == []
    assert len(held(requisition, administrator)) == 1
    departures.change_roles(hr.user, ["HR director"], by=administrator)
    assert waits_for(hr) == [str(requisition)]


def test_who_has_lost_the_role_can_be_asked_by_name(actor_as, administrator):
    hr = actor_as("HR director", name="Helga")
    requisition = requested()
    departures.change_roles(hr.user, ["Recruiter"], by=administrator)

    only = approvals.waiting(requisition).steps.get()
    approvals.ask_also(only, hr.user, by=administrator)

    assert say_yes(requisition, hr).state == "open"


def test_who_has_lost_the_role_leaves_nothing_behind_that_nobody_can_take(actor_as, administrator):
    hr, heir = actor_as("HR director", name="Helga"), actor_as("Recruiter", name="Rita")
    requisition = requested()
    departures.change_roles(hr.user, ["Recruiter"], by=administrator)

    departures.deactivate(hr.user, receivers={"core.approvals": heir.user}, by=administrator)

    assert waits_for(heir) == [str(requisition)]
