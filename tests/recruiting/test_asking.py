"""Asking somebody we know of to apply: until they do, and consent, nothing moves."""

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Link, Message
from core.workflow import StepRefused
from recruiting import actions
from recruiting.models import Application
from tests.factories.recruiting import ApplicationFactory
from tests.recruiting.test_actions import FORM, ILSE

pytestmark = pytest.mark.django_db


def test_somebody_sourced_is_asked_to_apply_and_moves_by_the_public_form(actor_as):
    sourced = ApplicationFactory(
        state="sourced",
        requisition__state="open",
        candidate__email="ilse@mail.example",
        candidate__consented_at=None,
    )

    actions.ask_to_apply(sourced, by=actor_as("Recruiter"))
    actions.apply_publicly(sourced.requisition, **ILSE, **FORM)
    link = Link.objects.get(scope="application")
    actions.confirm_application(link.subject, link=link)

    asked = Message.objects.get(template="recruiting.ask_to_apply")
    assert f"http://testserver/apply/{sourced.requisition.pk}/" in asked.body
    row = Application.objects.get()
    assert (row.pk, row.state, row.candidate.consented_at is not None) == (
        sourced.pk,
        "applied",
        True,
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"state": "applied"}, "have applied"), ({"candidate__email": ""}, "no e-mail address")],
)
def test_asking_is_refused_with_its_reason(fields, reason, actor_as):
    application = ApplicationFactory(**{"state": "sourced", **fields})

    with pytest.raises(StepRefused, match=reason):
        actions.ask_to_apply(application, by=actor_as("Recruiter"))

    assert not Message.objects.exists()


def test_trainer_asks_nobody_to_apply(actor_as):
    with pytest.raises(PermissionDenied):
        actions.ask_to_apply(ApplicationFactory(state="sourced"), by=actor_as("Trainer"))
