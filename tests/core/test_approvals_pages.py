"""What waits for me, a round's page, and who stands in for whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from core import approvals, departures
from core.models import Actor, ApprovalStep, Delegation, Link
from recruiting.models import Requisition
from tests.approvals import ask_of, changed, policy, requested, rounds_of, say_yes, step
from tests.factories.core import UserFactory
from tests.factories.recruiting import OfferFactory

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def make_late(requisition):
    rows = ApprovalStep.objects.filter(round=approvals.waiting(requisition))
    rows.update(due_at=timezone.now() - timedelta(days=2))


@pytest.mark.parametrize("item_count", [1, 3])
def test_what_waits_for_me_query_count(item_count, anna, client_as, django_assert_num_queries):
    browser = client_as(anna.user)
    for kind in ("recruiting.requisition", "recruiting.offer"):
        policy(step("Anna", anna), kind=kind)
    requisitions = [requested() for _ in range(item_count)]
    for row in OfferFactory.create_batch(item_count, state="in_approval"):
        approvals.begin(row, by=Actor.objects.system())

    # Session, user, rights, unread; asks; requisitions and what their names need; offers.
    with django_assert_num_queries(9):
        response = browser.get(reverse("core:approvals"))

    assert f"{2 * item_count} approvals wait for you" in text(response)
    assert all(f"Approve {row.title}" in text(response) for row in requisitions)


@pytest.mark.parametrize("item_count", [1, 3])
def test_administrator_sees_what_waits_for_anybody_and_what_nobody_can_give(
    item_count, anna, client_as, django_assert_num_queries
):
    browser = client_as("Administrator")
    policy(step("Anna", anna))
    held = [requested(by=anna) for _ in range(item_count)]
    asked = [requested() for _ in range(item_count)]

    with django_assert_num_queries(12):
        found = text(browser.get(reverse("core:approvals")))

    assert "Nothing waits for your approval." in found
    assert [str(row) in found for row in [*held, *asked]] == [True] * 2 * item_count
    assert found.count("only 0 can be given: ask others, or skip it.") == item_count
    theirs = text(client_as("Recruiter").get(reverse("core:approvals")))
    assert "What waits for anybody" not in theirs


def test_what_is_late_stands_first_and_is_counted(anna, client_as):
    policy(step("Anna", anna))
    requested(title="In time")
    make_late(requested(title="Overdue"))

    found = text(client_as(anna.user).get(reverse("core:approvals")))

    assert "2 approvals wait for you, 1 of them late." in found
    assert found.index("Approve Overdue") < found.index("Approve In time")


def test_who_has_answered_is_led_to_the_next_that_waits(anna, client_as):
    policy(step("Anna", anna))
    first, overdue = requested(title="First"), requested(title="Overdue")
    make_late(overdue)
    page = approvals.waiting(first).get_absolute_url()
    browser = client_as(anna.user)
    way_on = f'href="{approvals.waiting(overdue).get_absolute_url()}">Approve Overdue</a>'
    assert way_on not in text(browser.get(page))

    give = reverse("core:approval_give", args=[ask_of(first, anna).pk])
    given = text(browser.post(give, {"next": page}, follow=True))

    assert "The next that waits for you:" in given
    assert way_on in given
    back = reverse("core:approval_back", args=[ask_of(overdue, anna).pk])
    sent = text(browser.post(back, {"reason": "Which shifts?"}, follow=True))
    assert "The next that waits for you:" not in sent


def test_page_of_an_offer_shows_its_requisition_and_pay_band_to_who_may_see_it(anna, client_as):
    actor = UserFactory().actor
    actor.user.user_permissions.add(Permission.objects.get(codename="give_approval"))
    band = {"monthly_salary_from": 2000, "monthly_salary_to": 2400}
    policy(step("Both", anna, actor), kind="recruiting.offer")
    row = OfferFactory(state="in_approval")
    Requisition.objects.filter(pk=row.application.requisition_id).update(**band)
    requisition = Requisition.objects.get(pk=row.application.requisition_id)
    page = approvals.begin(row, by=Actor.objects.system()).get_absolute_url()

    shown = text(client_as(anna.user).get(page))
    hidden = text(client_as(actor.user).get(page))

    assert f'<a href="{requisition.get_absolute_url()}">{requisition}</a>' in shown
    assert "<dt>Its pay band</dt><dd>€2,000 to €2,400</dd>" in shown
    assert "pay band" not in hidden
    assert str(requisition) not in hidden


def test_nothing_waits_for_whoever_asked_answered_or_is_not_asked(anna, actor_as, client_as):
    bert = actor_as("Recruiter", name="Bert")
    policy(step("Both", anna, bert, needed=2))
    say_yes(requested(), anna)
    requested(by=anna)

    found = text(client_as(anna.user).get(reverse("core:approvals")))

    assert "Nothing waits for your approval." in found
    assert len(approvals.waiting_for(bert, now=timezone.now())) == 2


def test_approving_on_the_page_leads_back_to_where_one_was(anna, client_as):
    policy(step("Anna", anna))
    requisition = requested()
    page = requisition.get_absolute_url()
    give = reverse("core:approval_give", args=[ask_of(requisition, anna).pk])

    response = client_as(anna.user).post(give, {"next": page, "note": "Go."}, follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert "Approved." in text(response)
    shown = ["“Go.”", "1 of 1 approved"]
    assert [words for words in shown if words not in text(response)] == []


def test_sending_back_asks_why(anna, client_as):
    policy(step("Anna", anna))
    requisition = requested()
    page = reverse("core:approval_back", args=[ask_of(requisition, anna).pk])
    browser = client_as(anna.user)

    empty = browser.post(page, {"reason": " "})
    sent = browser.post(page, {"reason": "Which shifts?"}, follow=True)

    assert empty.status_code == 422
    assert "Which shifts?" in text(sent)
    assert rounds_of(requisition) == ["sent_back"]
    assert Requisition.objects.get().state == "draft"


def test_page_of_a_round_shows_what_is_approved_who_answered_and_why_it_is_due_then(
    anna, actor_as, client_as
):
    bert = actor_as("Recruiter", name="Bert")
    policy(step("Both", anna, bert, needed=2, due_hours=8))
    requisition = requested(place="Gdynia")
    say_yes(requisition, anna)
    changed(requisition, place="Kraków")

    found = text(client_as(bert.user).get(approvals.waiting(requisition).get_absolute_url()))

    shown = [
        "Place: Gdynia → Kraków",
        "<dt>Place</dt><dd>Kraków</dd>",
        "0 of 2 approved",
        "to be answered within 8 working hours",
        "Counted: Monday to Friday, 9:00 to 17:00 (UTC), public holidays are not set.",
    ]
    assert [words for words in shown if words not in found] == []


def test_last_approval_says_what_is_missing_before_it_is_pressed(anna, client_as):
    policy(step("Anna", anna))
    requisition = requested(criteria_set__state="draft")

    found = text(client_as(anna.user).get(approvals.waiting(requisition).get_absolute_url()))

    assert "The criteria are not approved by the client." in found
    assert reverse("core:approval_give", args=[ask_of(requisition, anna).pk]) not in found


def test_reader_who_is_not_asked_sees_where_it_stands_and_no_way_to_what_they_may_not_open(
    anna, client_as
):
    policy(step("Anna", anna))
    requisition = requested()
    browser = client_as("Recruiter")

    found = text(browser.get(requisition.get_absolute_url()))

    assert "0 of 1 approved" in found
    address = approvals.waiting(requisition).get_absolute_url()
    assert address not in found
    assert browser.get(address).status_code == 404


def test_administrator_skips_with_a_reason_that_stays_on_the_page(anna, client_as):
    policy(step("Anna", anna))
    requisition = requested()
    only = approvals.waiting(requisition).steps.get()
    browser = client_as("Administrator")
    page = reverse("core:approval_skip", args=[only.pk])

    without = browser.post(page, {"reason": ""})
    skipped = browser.post(page, {"reason": "Anna is ill."}, follow=True)

    assert (without.status_code, skipped.status_code) == (422, 200)
    assert f"Skipped by {browser.user}" in text(skipped)
    assert "Anna is ill." in text(skipped)


def test_administrator_asks_somebody_else(anna, actor_as, client_as):
    bert = actor_as("Trainer", name="Bert")
    policy(step("Anna", anna))
    requisition = requested()
    only = approvals.waiting(requisition).steps.get()

    page = reverse("core:approval_ask", args=[only.pk])
    response = client_as("Administrator").post(page, {"user": bert.user.pk}, follow=True)

    assert "Bert is asked." in text(response)
    assert say_yes(requisition, bert).state == "open"


def test_absence_is_named_shown_to_both_and_ended(anna, actor_as, client_as):
    bert = actor_as("Recruiter", name="Bert")
    today = timezone.localdate()
    data = {"delegate": bert.user.pk, "starts_on": today, "ends_on": today + timedelta(3)}
    browser = client_as(anna.user)
    page = reverse("core:absence")

    named = text(browser.post(page, data, follow=True))
    row = Delegation.objects.get()
    theirs = text(client_as(bert.user).get(page))
    end = reverse("core:absence_end", args=[row.pk])
    refused = client_as(bert.user).post(end).status_code
    client_as(anna.user).post(end)

    assert "Bert stands in for you." in named
    assert "You stand in for" in theirs
    assert "<b>Anna</b>" in theirs
    assert refused == 404
    assert not Delegation.objects.exists()


def test_absence_says_that_the_delegate_has_left(anna, actor_as, client_as):
    bert = actor_as("Recruiter", name="Bert")
    today = timezone.localdate()
    approvals.stand_in(anna.user, bert.user, starts_on=today, ends_on=today)
    departures.deactivate(bert.user, receivers={}, by=actor_as("Administrator"))

    found = text(client_as(anna.user).get(reverse("core:absence")))

    assert "has left: name somebody else" in found


@pytest.mark.parametrize("item_count", [1, 3])
def test_round_query_count(item_count, client_as, anna, actor_as, django_assert_num_queries):
    people = [anna, *[actor_as("Recruiter") for _ in range(item_count)]]
    steps = [step(f"S{n}", *people, position=n, needed=2) for n in range(item_count)]
    policy(*steps, in_order=False)
    requisition = requested()
    browser = client_as(anna.user)

    with django_assert_num_queries(13):
        browser.get(approvals.waiting(requisition).get_absolute_url())


def test_going_to_a_page_begins_and_ends_nothing(client_as, anna):
    policy(step("Anna", anna))
    requisition = requested()
    ask = ask_of(requisition, anna)
    browser = client_as(anna.user)
    links = list(Link.objects.values())

    statuses = [
        browser.get(reverse(f"core:{name}", args=[pk])).status_code
        for name, pk in [
            ("approval_give", ask.pk),
            ("approval_back", ask.pk),
            ("approval_go_on", ask.step.round_id),
        ]
    ]

    assert statuses == [405, 200, 405]
    assert rounds_of(requisition) == ["waiting"]
    assert list(Link.objects.values()) == links
