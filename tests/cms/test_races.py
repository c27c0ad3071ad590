"""What two people do at the same moment. Real threads, each with a connection of its own."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from cms import actions
from cms.models import Contract, Proposal, Signature
from core.models import Actor, Effect, StoredFile
from core.tasks import run_effect
from core.workflow import StepRefused
from tests.cms.conftest import approved, person_at, ready_engagement, run_effects
from tests.factories.core import UserFactory
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def accepted_proposal():
    system = Actor.objects.system()
    engagement = ready_engagement()
    person_at(engagement.client, "Client approver")
    proposal = approved(actions.create_proposal(engagement, by=system), system)
    sent = actions.send_proposal(proposal, by=system)
    return actions.accept_proposal(sent, name="A", title="B", by=system)


def issued_contract():
    system = Actor.objects.system()
    contract = actions.draw_contract(accepted_proposal(), by=system)
    run_effects()
    return actions.issue_contract(contract, by=system)


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def test_proposal_is_accepted_once_by_two_tabs():
    system = Actor.objects.system()
    engagement = ready_engagement()
    approver = person_at(engagement.client, "Client approver")
    proposal = approved(actions.create_proposal(engagement, by=system), system)
    sent = actions.send_proposal(proposal, by=system)

    def accept():
        return actions.accept_proposal(sent, name="A", title="B", by=approver)

    results = at_once(accept, accept)

    assert kinds(results) == ["Proposal", "StepRefused"]
    assert Proposal.objects.get().log.filter(step="accept").count() == 1
    assert engagement.log.filter(step="agree").count() == 1


def test_two_contracts_drawn_at_once_get_two_numbers():
    system = Actor.objects.system()
    proposals = [accepted_proposal(), accepted_proposal(), accepted_proposal()]

    at_once(*[lambda p=p: actions.draw_contract(p, by=system) for p in proposals])

    numbers = sorted(Contract.objects.values_list("number", flat=True))
    assert [number[-3:] for number in numbers] == ["001", "002", "003"]


def test_one_contract_is_drawn_by_two_at_once():
    system, proposal = Actor.objects.system(), accepted_proposal()

    results = at_once(*[lambda: actions.draw_contract(proposal, by=system)] * 2)

    assert kinds(results) == ["Contract", "StepRefused"]
    assert Contract.objects.get().number.endswith("001")


def test_two_proposals_made_at_once_take_two_places_and_numbers():
    system = Actor.objects.system()
    engagements = [ready_engagement(), ready_engagement(), ready_engagement()]

    at_once(*[lambda e=e: actions.create_proposal(e, by=system) for e in engagements])

    found = Proposal.objects.values_list("number", "page__path").order_by("number")
    assert [number[-3:] for number, _ in found] == ["001", "002", "003"]
    assert len({path for _, path in found}) == 3


def test_two_sides_that_sign_at_once_execute_it_once(settings):
    settings.DEMO = True
    contract = issued_contract()
    approver = contract.engagement.client.people.get().user.actor
    bizdev = UserFactory()
    bizdev.groups.add(Group.objects.get(name="BizDev"))
    signers = [approver, bizdev.actor]
    codes = [_code(contract, signer) for signer in signers]

    results = at_once(
        *[
            lambda code=code, by=by: actions.sign(contract, code=code, name="A", title="B", by=by)
            for code, by in zip(codes, signers, strict=True)
        ]
    )

    assert sorted(result.state for result in results) == ["executed", "partly_signed"]
    assert Contract.objects.get().state == "executed"
    assert Signature.objects.count() == 2
    assert Effect.objects.filter(name="cms.render_executed_contract").count() == 1


def _code(contract, signer):
    message = actions.request_signing_code(contract, by=signer)
    run_effects()
    message.refresh_from_db()
    return message.clear_body.split("is:")[1].split()[0]


def test_one_code_signs_once_in_two_tabs(settings):
    settings.DEMO = True
    contract = issued_contract()
    approver = contract.engagement.client.people.get().user.actor
    code = _code(contract, approver)

    def sign():
        return actions.sign(contract, code=code, name="A", title="B", by=approver)

    results = at_once(sign, sign)

    assert sum(isinstance(result, Contract) for result in results) == 1
    assert Signature.objects.count() == 1
    assert not any(isinstance(result, StepRefused) and not str(result) for result in results)


def test_two_workers_store_one_file():
    actions.draw_contract(accepted_proposal(), by=Actor.objects.system())
    effect = Effect.objects.get(name="cms.render_contract")
    Effect.objects.update(state="pending", attempts=0, due_at=timezone.now())
    Contract.objects.update(document=None)
    StoredFile.objects.all().delete()

    at_once(*[lambda: run_effect(effect.pk)] * 2)

    assert StoredFile.objects.filter(name__endswith=".pdf").count() == 1
    assert Contract.objects.get().document is not None
