"""The public form and addresses that we know: nothing is added until their owner says so."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import links
from core.models import Link, Message, StoredFile
from recruiting import actions
from recruiting.links import APPLICATION
from recruiting.models import Application, Candidate, Fact, Requisition, UnprovedApplication
from recruiting.tasks import forget_unproved_applications
from tests.factories.recruiting import ApplicationFactory, CandidateFactory, FactFactory
from tests.recruiting.test_actions import FORM, ILSE

pytestmark = pytest.mark.django_db
CV = ("cv.pdf", b"%PDF-1.7 cv")


@pytest.fixture
def ilse():
    """Somebody we know, who has not agreed to anything."""
    known = CandidateFactory(
        name="Ilse B.", email="ilse@mail.example", consented_at=None, notice_version=""
    )
    FactFactory(candidate=known, skill="German", level="B1", source="interview")
    return known


def path_in_mail():
    link = Link.objects.filter(scope=APPLICATION.name).latest("pk")
    return links.mint(link.pk, to=link.email).removeprefix("http://testserver")


def sent(template):
    return Message.objects.filter(template=f"recruiting.{template}")


def test_stranger_who_types_a_known_address_changes_nothing(ilse, opened):
    answer = actions.apply_publicly(opened(), **ILSE, **FORM, upload=CV)

    ilse.refresh_from_db()
    assert (answer, ilse.consented_at, ilse.facts.count()) == (None, None, 1)
    assert not Application.objects.exists()
    assert not StoredFile.objects.on(ilse).exists()
    assert sent("confirm_application").get().to == "ilse@mail.example"


def test_owner_of_the_address_says_that_it_was_them(client, ilse, opened):
    actions.apply_publicly(opened(), **ILSE, **FORM, upload=CV)
    path = path_in_mail()

    looked = client.get(path)
    before = Application.objects.count()
    said = client.post(path)
    again = client.post(path)

    row = Application.objects.get()
    assert (looked.status_code, before, said.status_code, again.status_code) == (200, 0, 200, 410)
    assert (row.candidate, row.state, row.candidate.name) == (ilse, "applied", "Ilse B.")
    assert row.candidate.consented_at is not None
    assert {(f.level, f.source) for f in Fact.objects.all()} == {
        ("B1", "interview"),
        ("C2", "application form"),
    }
    assert StoredFile.objects.on(ilse).get().name == "cv.pdf"
    assert sent("applied").count() == 1


def test_who_had_applied_before_keeps_that_application(client, ilse, opened):
    requisition = opened()
    first = ApplicationFactory(candidate=ilse, requisition=requisition, state="screening")
    actions.apply_publicly(requisition, **ILSE, **FORM)

    client.post(path_in_mail())

    assert (Application.objects.get(), Application.objects.get().state) == (first, "screening")
    assert sent("applied_before").count() == 1


def read(answer):
    """Return a page without the token that is another on each."""
    return re.sub(r'(?<=csrfmiddlewaretoken" value=")\w+', "", answer.content.decode())


def test_page_is_the_same_whether_we_know_them_or_not(client, ilse, opened):
    path = reverse("recruiting:apply", args=[opened().pk])
    form = {**ILSE, "city": "", "language_1": "de", "level_1": "C2", "consent": "on"}

    answers = [
        client.post(path, {**form, "email": email}, follow=True)
        for email in ("ilse@mail.example", "new@mail.example")
    ]

    known, new = (
        (answer.redirect_chain, read(answer), answer.cookies.keys()) for answer in answers
    )
    assert known == new
    assert Candidate.objects.count() == 2
    assert UnprovedApplication.objects.count() == 1


def test_confirmed_after_the_position_closed_is_refused_and_nothing_is_kept(client, ilse, opened):
    requisition = opened()
    actions.apply_publicly(requisition, **ILSE, **FORM)
    Requisition.objects.filter(pk=requisition.pk).update(state="on_hold")

    response = client.post(path_in_mail())

    ilse.refresh_from_db()
    assert (response.status_code, ilse.consented_at) == (409, None)


def test_what_nobody_confirmed_is_forgotten_with_its_file(ilse, opened):
    actions.apply_publicly(opened(), **ILSE, **FORM, upload=CV)
    forget_unproved_applications()
    kept = UnprovedApplication.objects.count()
    UnprovedApplication.objects.update(created_at=timezone.now() - timedelta(days=8))
    content = StoredFile.objects.get().content

    forget_unproved_applications()
    forget_unproved_applications()

    assert (kept, UnprovedApplication.objects.count(), StoredFile.objects.count()) == (1, 0, 0)
    assert not content.storage.exists(content.name)
