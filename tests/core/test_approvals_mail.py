"""Approving from the mail: the link shows, the code proves, and a GET changes nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import approvals, departures, policies
from core.approvals.links import APPROVAL_DAYS
from core.models import Actor, ApprovalAsk, ApprovalRound, Link, Message
from recruiting.models import Requisition
from tests.approvals import (
    ask_of,
    changed,
    code_for,
    mails_to,
    policy,
    requested,
    run_effects,
    say_yes,
    step,
    token_for,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(actor_as):
    return [actor_as("Recruiter", name=name) for name in ("Anna", "Bert")]


@pytest.fixture
def asked(people):
    """A requisition that both are asked for, and the path of Anna's link."""
    policy(step("Both", *people, needed=2))
    requisition = requested(by=None, place="Gdynia")
    return requisition, path(token_for(requisition, people[0]))


def path(token):
    return reverse("core:approval_by_link", args=[token])


def send_code(client, page):
    return client.post(f"{page}code/")


def answers(client, page, code, answer="approve", reason=""):
    data = {"code": code, "answer": answer, "reason": reason}
    return client.post(page, data)


def text(response):
    return " ".join(response.content.decode().split())


def given():
    return list(ApprovalAsk.objects.filter(decided_at__isnull=False).values_list("user__name"))


def test_link_shows_what_is_asked_to_whoever_is_not_signed_in(asked, client):
    requisition, page = asked

    response = client.get(page)

    shown = [f"Do you approve {requisition}?", "Gdynia", "SHA-256", "Mail me a code"]
    assert [words for words in shown if words not in text(response)] == []
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")


@pytest.mark.parametrize(("decided", "days"), [(None, 30), (3, 3)])
def test_link_is_valid_for_as_long_as_the_policy_says(decided, days, people):
    if decided:
        policies.change(APPROVAL_DAYS, decided, by=Actor.objects.system())
    policy(step("Both", *people, needed=2))

    requested(by=None)

    lasts = {link.expires_at - link.created_at for link in Link.objects.filter(scope="approval")}
    assert {round(each / timedelta(days=1), 3) for each in lasts} == {days}


def test_reading_changes_nothing(asked, client):
    _requisition, page = asked
    before = list(Link.objects.values()), list(ApprovalAsk.objects.values())

    for _ in range(3):
        client.get(page)
        client.head(page)

    assert (list(Link.objects.values()), list(ApprovalAsk.objects.values())) == before
    assert Message.objects.filter(template="core.approval_code").count() == 0


def test_code_comes_to_the_address_of_the_link_and_approves(asked, client, people):
    _requisition, page = asked

    assert send_code(client, page).status_code == 302
    response = answers(client, page, code_for(people[0]))

    assert "Your approval is noted; others are still asked." in text(response)
    assert given() == [("Anna",)]
    assert ApprovalAsk.objects.get(decided_at__isnull=False).decided_by == people[0]
    assert [mail.to for mail in Message.objects.filter(template="core.approval_code")] == [
        people[0].user.email
    ]


def test_last_approval_by_mail_opens_the_requisition(asked, client, people):
    requisition, page = asked
    say_yes(requisition, people[1])

    send_code(client, page)
    response = answers(client, page, code_for(people[0]))

    assert "Thank you. It is approved." in text(response)
    assert Requisition.objects.get().state == "open"


def test_sent_back_by_mail_needs_a_reason(asked, client, people):
    _requisition, page = asked
    send_code(client, page)
    code = code_for(people[0])

    without = answers(client, page, code, "send_back", "  ")
    with_reason = answers(client, page, code, "send_back", "Too dear.")

    assert (without.status_code, "Say why" in text(without)) == (422, True)
    assert "It is sent back with your reason." in text(with_reason)
    assert ApprovalRound.objects.get().log.get().note == "Too dear."


def test_wrong_code_answers_nothing_and_five_end_it(asked, client, people):
    _requisition, page = asked
    send_code(client, page)
    right = code_for(people[0])
    wrong = f"{(int(right) + 1) % 10**6:06}"

    found = [answers(client, page, wrong) for _ in range(5)]
    late = answers(client, page, right)

    assert [r.status_code for r in [*found, late]] == [422] * 6
    assert "This code is wrong." in text(found[0])
    assert "There is no valid code." in text(late)
    assert given() == []


def test_no_code_at_all_answers_nothing(asked, client):
    response = answers(client, asked[1], "123456")

    assert (response.status_code, "There is no valid code." in text(response)) == (422, True)


def test_newer_code_ends_the_earlier_one(asked, client, people):
    _requisition, page = asked
    send_code(client, page)
    earlier = code_for(people[0])
    send_code(client, page)
    newer = code_for(people[0])

    first = answers(client, page, earlier).status_code if earlier != newer else 422

    assert (first, answers(client, page, newer).status_code) == (422, 200)


def test_code_of_another_approver_proves_nothing(asked, client, people):
    requisition, page = asked
    send_code(client, path(token_for(requisition, people[1])))

    assert answers(client, page, code_for(people[1])).status_code == 422
    assert given() == []


@pytest.mark.parametrize(("scope", "status"), [("approval", 410), ("approval_code", 422)])
def test_what_has_expired_opens_nothing(scope, status, asked, client, people):
    _requisition, page = asked
    send_code(client, page)
    code = code_for(people[0])
    Link.objects.filter(scope=scope).update(expires_at=timezone.now() - timedelta(minutes=1))

    assert answers(client, page, code).status_code == status
    assert given() == []


def test_answered_link_opens_nothing_again(asked, client, people):
    _requisition, page = asked
    send_code(client, page)
    code = code_for(people[0])
    answers(client, page, code)

    assert [client.get(page).status_code, answers(client, page, code).status_code] == [410, 410]
    assert len(given()) == 1


def test_links_end_with_what_they_were_for(asked, client, people, actor_as):
    """Answered on the page, sent back by another, skipped, changed: the mail is void."""
    anna, bert = people
    requisition, page = asked
    pages = [page]
    changed(requisition, place="Kraków")
    pages.append(path(token_for(requisition, anna)))
    say_yes(requisition, anna)
    pages.append(path(token_for(requisition, bert)))
    only = approvals.waiting(requisition).steps.get()
    approvals.skip(only, by=actor_as("Administrator"), reason="Nobody is here.")
    other = requested()
    pages.append(path(token_for(other, anna)))
    approvals.send_back(ask_of(other, bert), by=bert, reason="No.")

    assert [client.get(each).status_code for each in pages] == [410] * 4


def test_what_changed_unseen_is_not_approved_and_a_new_mail_comes(asked, client, people):
    requisition, page = asked
    send_code(client, page)
    code = code_for(people[0])
    Requisition.objects.update(place="Kraków")

    response = answers(client, page, code)

    assert response.status_code == 409
    assert "It has changed since you were asked: Place: Gdynia → Kraków." in text(response)
    assert given() == []
    newest = path(token_for(requisition, people[0]))
    assert "Place: Gdynia → Kraków" in text(client.get(newest))


def test_what_is_not_ready_says_why_and_keeps_link_and_code(asked, client, people):
    requisition, page = asked
    say_yes(requisition, people[1])
    type(requisition.criteria_set).objects.update(state="draft")
    send_code(client, page)
    code = code_for(people[0])

    refused = answers(client, page, code)
    type(requisition.criteria_set).objects.update(state="approved")

    assert refused.status_code == 409
    assert "The criteria are not approved by the client." in text(refused)
    assert answers(client, page, code).status_code == 200
    assert Requisition.objects.get().state == "open"


def test_delegates_link_opens_while_they_stand_in_and_no_longer(client, people):
    anna, bert = people
    policy(step("Anna", anna))
    requisition = requested()
    today = timezone.localdate()
    row = approvals.stand_in(anna.user, bert.user, starts_on=today, ends_on=today)
    page = path(token_for(requisition, bert))
    found = [text(client.get(page))]
    type(row).objects.update(starts_on=today - timedelta(2), ends_on=today - timedelta(1))
    found.append(text(client.get(page)))
    approvals.come_back(row)
    found.append(text(client.get(page)))

    assert "in the place of Anna" in found[0]
    assert "You are not asked for this any more." in found[1]
    assert "This link was replaced or withdrawn." in found[2]


def test_delegate_answers_by_mail_in_anothers_place(client, people):
    anna, bert = people
    policy(step("Anna", anna))
    requisition = requested()
    today = timezone.localdate()
    approvals.stand_in(anna.user, bert.user, starts_on=today, ends_on=today)
    page = path(token_for(requisition, bert))

    send_code(client, page)
    answers(client, page, code_for(bert))

    ask = ApprovalAsk.objects.get()
    assert (ask.user, ask.decided_by) == (anna.user, bert)


def test_closed_account_answers_no_mail(asked, client, people, actor_as):
    _requisition, page = asked
    departures.deactivate(
        people[0].user,
        receivers={"core.approvals": actor_as("Recruiter").user},
        by=actor_as("Administrator"),
    )

    assert client.get(page).status_code == 410


def test_mail_says_what_is_asked_with_a_link_that_only_its_receiver_can_open(
    asked, people, mailoutbox
):
    requisition, _page = asked
    run_effects()

    mail = next(each for each in mailoutbox if each.to == [people[0].user.email])
    stored = mails_to(people[0], "core.approval_asked")[0].body
    words = [f"{Actor.objects.system()} asks for your approval (Both).", "- Place: Gdynia"]
    assert [each for each in [*words, "/approval/"] if each not in mail.body] == []
    assert "/approval/" not in stored
    assert mail.subject == f"Please approve: {requisition}"
