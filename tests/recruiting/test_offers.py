from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core import effects, links, policies
from core.models import Actor, Effect, Message, StoredFile
from core.workflow import StepRefused
from engagements.models import Seat
from recruiting import actions, tasks
from recruiting.models import Application, Offer, Requisition
from recruiting.policies import OFFER_LINK_DAYS
from tests.approvals import approved_by
from tests.recruiting.conftest import holder, interviewed, terms

pytestmark = pytest.mark.django_db


def states():
    """Return the states of the one offer, its application and its seat."""
    return tuple(model.objects.get().state for model in (Offer, Application, Seat))


def test_draft_keeps_the_seat(drafted):
    offer = drafted()

    assert states() == ("draft", "offered", "reserved")
    assert (offer.currency, offer.version) == ("EUR", 1)


@pytest.mark.parametrize(("decided", "days"), [(None, 60), (14, 14)])
def test_link_is_valid_for_as_long_as_the_policy_says(decided, days, sent):
    if decided:
        policies.change(OFFER_LINK_DAYS, decided, by=Actor.objects.system())

    _, link = sent()

    assert round((link.expires_at - link.created_at) / timedelta(days=1), 3) == days


@pytest.mark.parametrize(("chosen", "shown"), [("", "Lo que ofrecemos"), ("en", "What we offer")])
def test_offer_is_read_in_the_candidates_language_until_they_choose_another(
    chosen, shown, sent, client
):
    _, link = sent(candidate__language="es")
    if chosen:
        client.post(reverse("core:set_language"), {"language": chosen})

    token = links.mint(link.pk, to=link.email).rstrip("/").rsplit("/", 1)[1]
    page = client.get(reverse("recruiting:answer", args=[token]))

    assert shown in page.text


def test_seat_of_another_requisition_is_not_offered(opened, hr):
    ours, theirs = opened(), opened()

    with pytest.raises(StepRefused, match="is not asked for by"):
        actions.draft_offer(interviewed(ours), seat=theirs.seats.get(), **terms(), by=hr)

    assert set(Seat.objects.values_list("state", flat=True)) == {"requisitioned"}


def test_accepted_offer_hires_fills_and_keeps_the_seat(sent):
    offer, link = sent()

    actions.accept_offer(offer, by=holder(link), link=link)

    assert states() == ("accepted", "hired", "reserved")
    assert Requisition.objects.get().state == "filled"
    answer = Message.objects.get(template="recruiting.offer_answered")
    assert answer.to == offer.application.requisition.recruiter.email
    with pytest.raises(StepRefused):
        actions.accept_offer(offer, by=holder(link), link=link)


def test_requisition_with_a_free_seat_stays_open(opened, sent):
    offer, link = sent(opened(2))

    actions.accept_offer(offer, by=holder(link), link=link)

    assert Requisition.objects.get().state == "open"


def test_declined_offer_frees_the_seat(sent):
    offer, link = sent()

    actions.decline_offer(offer, by=holder(link), link=link, note="Too far away")

    assert states() == ("declined", "withdrawn", "requisitioned")
    assert Offer.objects.get().answer_note == "Too far away"
    assert Application.objects.get().log.last().by == holder(link)


def test_rescinded_offer_frees_the_seat_and_ends_the_link(sent, hr):
    offer, link = sent()

    actions.rescind_offer(offer, by=hr, note="Budget cut")

    assert states() == ("rescinded", "offered", "requisitioned")
    assert type(link).objects.get(pk=link.pk).revoked_at is not None
    mail = Message.objects.get(template="recruiting.offer_rescinded")
    assert (mail.to, "Budget cut" in mail.body) == (link.email, False)


def test_candidate_whose_offer_was_rescinded_is_offered_again(drafted, hr):
    offer = drafted()
    actions.rescind_offer(offer, by=hr)

    second = actions.draft_offer(offer.application, seat=offer.seat, **terms(), by=hr)

    assert (second.state, Seat.objects.get().state) == ("draft", "reserved")
    assert Application.objects.get().log.last().step == "offer_again"


def test_revised_offer_is_a_draft_of_the_next_version_with_its_seat(sent, hr):
    offer, link = sent()
    new = {**terms(), "monthly_salary": Decimal(3100)}

    revised = actions.revise_offer(offer, **new, by=hr)

    assert (revised.state, revised.version, revised.monthly_salary) == ("draft", 2, Decimal(3100))
    assert states() == ("draft", "offered", "reserved")
    assert type(link).objects.get(pk=link.pk).revoked_at is not None


def test_overdue_offers_expire_once(sent):
    offer, link = sent()
    day_after = offer.expires_on + timedelta(days=1)

    assert actions.expire_offers(on=offer.expires_on) == 0
    assert actions.expire_offers(on=day_after) == 1
    assert actions.expire_offers(on=day_after) == 0

    assert states() == ("expired", "offered", "requisitioned")
    assert type(link).objects.get(pk=link.pk).revoked_at is not None


def test_daily_task_expires_what_is_overdue(sent):
    offer, _ = sent()
    Offer.objects.filter(pk=offer.pk).update(expires_on=timezone.localdate() - timedelta(days=1))

    tasks.expire_offers()
    tasks.expire_offers()

    assert states() == ("expired", "offered", "requisitioned")


def test_letter_is_printed_once(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        offer, _ = sent()

    tasks.render_offer_letter(offer.pk, 1)

    letter = StoredFile.objects.get()
    assert (Offer.objects.get().letter, letter.media_type) == (letter, "application/pdf")
    assert Effect.objects.get(name="recruiting.render_offer_letter").state == "done"


def test_letter_of_a_revised_offer_is_not_printed(sent, hr):
    offer, _ = sent()
    actions.revise_offer(offer, **terms(), by=hr)

    effects.run(Effect.objects.get(name="recruiting.render_offer_letter").pk)

    assert not StoredFile.objects.exists()


@pytest.fixture
def answer_path(sent):
    """An offer to Ilse Brandt that is sent, and the path of its link."""
    _, link = sent(candidate__name="Ilse Brandt")
    return links.mint(link.pk, to=link.email).removeprefix("http://testserver")


def test_looking_at_an_offer_changes_nothing(client, answer_path):
    response = client.get(answer_path)

    assert "For Ilse Brandt" in response.content.decode()
    assert states() == ("sent", "offered", "reserved")


def test_offer_is_accepted_by_its_link_once(client, answer_path):
    accepted = client.post(answer_path, {"answer": "accept"})
    again = client.post(answer_path, {"answer": "decline"})

    assert "Welcome! You have accepted." in accepted.content.decode()
    assert (again.status_code, states()) == (410, ("accepted", "hired", "reserved"))
    assert client.get(answer_path).status_code == 410


def test_offer_is_declined_by_its_link(client, answer_path):
    client.post(answer_path, {"answer": "decline", "note": "Too far away"})

    assert (Offer.objects.get().answer_note, states()) == (
        "Too far away",
        ("declined", "withdrawn", "requisitioned"),
    )


def test_answer_that_is_neither_is_shown_again(client, answer_path):
    response = client.post(answer_path, {"answer": "perhaps"})

    assert (response.status_code, states()) == (422, ("sent", "offered", "reserved"))


def test_link_of_an_overdue_offer_opens_nothing(client, answer_path):
    Offer.objects.update(expires_on=date(2020, 1, 1))

    response = client.get(answer_path)

    assert response.status_code == 410
    assert "can no longer be answered" in response.content.decode()


def test_letter_is_sent_to_the_holder_of_the_link(client, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _, link = sent()
    token = links.mint(link.pk, to=link.email).rstrip("/").rsplit("/", 1)[1]

    response = client.get(reverse("recruiting:offer_letter", args=[token]))

    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_sending_shows_the_mail_first(client_as, drafted, hr):
    offer = approved_by(drafted(candidate__email="ilse@mail.example"), hr)
    Message.objects.all().delete()  # what the approvers were asked
    client, path = client_as(hr.user), reverse("recruiting:send_offer", args=[offer.pk])

    page = client.get(path).content.decode()
    assert "Mail to ilse@mail.example" in page
    assert "[the personal link, made when the mail is sent]" in page
    assert not Message.objects.exists()
    client.post(path)

    assert (states()[0], Message.objects.get().to) == ("sent", "ilse@mail.example")


def test_seat_taken_meanwhile_is_told_beside_the_field(client_as, opened, hr):
    requisition = opened()
    seat = requisition.seats.get()
    first, second = interviewed(requisition), interviewed(requisition)
    actions.draft_offer(first, seat=seat, **terms(), by=hr)

    response = client_as(hr.user).post(
        reverse("recruiting:offer", args=[second.pk]), {**terms(), "seat": seat.pk}
    )

    assert response.status_code == 422
    assert f"Seat {seat} is reserved meanwhile: choose another one." in response.content.decode()


def test_last_offer_accepted_while_the_requisition_is_on_hold_fills_it(sent):
    offer, link = sent()
    Requisition.objects.update(state="on_hold")

    actions.accept_offer(offer, by=holder(link), link=link)

    assert Requisition.objects.get().state == "filled"
