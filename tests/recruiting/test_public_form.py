"""The form by which anybody applies for a position."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import Message, StoredFile
from recruiting.models import Candidate
from tests.factories.recruiting import RequisitionFactory

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Ilse Brandt",
    "email": "ilse@mail.example",
    "country": "DE",
    "phone": "0431 880 1234",
    "city": "Kiel",
    "language_1": "de",
    "level_1": "C2",
    "consent": "on",
}


def url(name, *args):
    return reverse(f"recruiting:{name}", args=args)


def text(response):
    return response.content.decode()


def test_anybody_applies_by_the_public_form(client, opened):
    requisition = opened()
    cv = SimpleUploadedFile("cv.pdf", b"%PDF-1.7 cv")

    response = client.post(url("apply", requisition.pk), {**FORM, "cv": cv}, follow=True)

    assert "Thank you. We have written to you." in text(response)
    candidate = Candidate.objects.get()
    assert (candidate.phone, candidate.notice_version) == ("+494318801234", "2026-1")
    assert StoredFile.objects.on(candidate).get().media_type == "application/pdf"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"consent": ""}, "This field is required."),
        ({"phone": "12"}, "This is not a phone number we could call."),
        ({"level_1": ""}, "This field is required."),
        ({"language_2": "fr"}, "Say how well."),
        ({"email": "ilse"}, "Enter a valid email address."),
        ({"country": "XX"}, "Select a valid choice."),
    ],
)
def test_public_form_says_what_is_wrong_and_loses_nothing(change, told, client, opened):
    response = client.post(url("apply", opened().pk), {**FORM, **change})

    assert (response.status_code, Candidate.objects.count()) == (422, 0)
    assert told in text(response)
    assert 'value="Kiel"' in text(response)


def test_program_that_fills_in_everything_is_thanked_and_ignored(client, opened):
    response = client.post(url("apply", opened().pk), {**FORM, "website": "http://spam"})

    assert (response.status_code, Candidate.objects.count()) == (302, 0)


@pytest.mark.parametrize(
    ("state", "status"), [("in_approval", 404), ("filled", 200), ("cancelled", 200)]
)
def test_form_of_a_requisition_that_is_not_open_is_closed(state, status, client):
    requisition = RequisitionFactory(state=state)

    response = client.post(url("apply", requisition.pk), FORM)

    assert (response.status_code, Candidate.objects.count()) == (status, 0)
    assert status == 404 or "This position is not open at the moment." in text(response)


@pytest.mark.parametrize("name", ["Win at evil.example/x", "Ana\nYour account is closed"])
def test_name_that_would_make_our_mail_say_something_else_is_refused(name, client):
    requisition = RequisitionFactory(state="open")

    response = client.post(
        reverse("recruiting:apply", args=[requisition.pk]), {"name": name, "consent": "on"}
    )

    assert "A name has no line breaks, addresses or links." in response.content.decode()
    assert not Message.objects.exists()
