import copy
import hashlib

import pytest
from django.core.exceptions import PermissionDenied

from cms import actions
from cms.documents import contract_html
from cms.models import Clause, Contract
from core.models import Effect, Link, Message
from core.tasks import run_effect
from core.workflow import StepRefused
from engagements.models import Milestone
from tests.cms.conftest import person_at, run_effects
from tests.factories.cms import ClauseFactory, ContractFactory
from tests.factories.core import UserFactory
from vendors.models import Rate

pytestmark = pytest.mark.django_db


def receivers(template):
    return sorted(Message.objects.filter(template=template).values_list("to", flat=True))


def code_for(actor, contract):
    """Return the code that the actor is mailed."""
    message = actions.request_signing_code(contract, by=actor)
    run_effects()
    message.refresh_from_db()
    return message.clear_body.split("is:")[1].split()[0]


@pytest.fixture(autouse=True)
def _mails_can_be_read(settings):
    settings.DEMO = True


def sign(contract, actor):
    return actions.sign(
        contract, code=code_for(actor, contract), name=actor.name, title="Head", by=actor
    )


def test_contract_holds_clauses_and_the_accepted_figures(accepted, bizdev):
    Rate.objects.update(monthly=1)
    ClauseFactory(key="audits", is_mandatory=False)

    contract = actions.draw_contract(accepted, by=bizdev, optional=["audits"])

    keys = [clause["key"] for clause in contract.data["clauses"]]
    assert keys[0] == "parties"
    assert keys[-1] == "audits"
    assert "no-poaching" not in keys
    assert contract.data["proposal"]["sha256"] == accepted.frozen.sha256
    for words in ["Nordwind Bank may audit Cadre.", "€10,000", "3 September 2029", "3 seats"]:
        assert words in contract.html
    assert "[" not in contract.html


def test_figures_frozen_before_lines_had_weeks_are_drawn_with_their_hours(contract):
    data = copy.deepcopy(contract.data)
    for line in data["figures"]["lines"]:
        del line["hours"]
        line |= {"opens": "09:00", "closes": "17:00", "days": "Monday to Friday"}

    assert "09:00\N{EN DASH}17:00, Monday to Friday" in contract_html(data)


def test_contract_keeps_the_clauses_it_was_drawn_with(contract):
    before = contract.html

    Clause.objects.update(body="<p>Other.</p>")

    assert Contract.objects.get().html == before


def test_contract_is_drawn_from_an_accepted_proposal_only(sent, bizdev):
    with pytest.raises(StepRefused, match="is not accepted"):
        actions.draw_contract(sent, by=bizdev)


def test_contract_is_drawn_once_until_it_is_void(contract, bizdev):
    with pytest.raises(StepRefused, match="is drawn from it already"):
        actions.draw_contract(contract.proposal, by=bizdev)

    actions.void_contract(contract, reason="A wrong name.", by=bizdev)
    second = actions.draw_contract(contract.proposal, by=bizdev)

    assert [contract.number[-3:], second.number[-3:]] == ["001", "002"]


def test_worker_stores_the_pdf_once(accepted, bizdev):
    contract = actions.draw_contract(accepted, by=bizdev)
    effect = Effect.objects.get(name="cms.render_contract")
    run_effect(effect.pk)
    first = Contract.objects.get().document

    Effect.objects.update(state="pending")
    run_effect(effect.pk)

    document = Contract.objects.get().document
    assert document == first
    assert document.name == f"{contract.number}.pdf"
    with document.content.open() as file:
        content = file.read()
    assert content.startswith(b"%PDF")
    assert document.sha256 == hashlib.sha256(content).hexdigest()


def test_issuing_asks_those_to_sign_who_may(contract, bizdev, approver, engagement):
    person_at(engagement.client, "Client viewer")

    actions.issue_contract(contract, by=bizdev)

    assert receivers("cms.contract_issued") == [approver.user.email]
    assert Milestone.objects.get(key="contract").turn == "client"


def test_contract_is_not_issued_to_nobody(contract, bizdev, approver):
    approver.user.groups.clear()

    with pytest.raises(StepRefused, match="Nobody at Nordwind Bank may sign"):
        actions.issue_contract(contract, by=bizdev)


def test_both_sides_sign_what_the_hash_says(issued, approver, bizdev):
    first = sign(issued, approver)
    assert (first.state, Milestone.objects.get(key="contract").turn) == ("partly_signed", "staff")

    second = sign(issued, bizdev)
    run_effects()

    assert second.state == "executed"
    signed = second.signatures.values_list("side", "name", "document_sha256")
    sha256 = issued.document_sha256
    assert list(signed) == [("client", "Maja Hansen", sha256), ("us", "Bea Dev", sha256)]
    assert Milestone.objects.get(key="contract").done_at
    both = sorted([approver.user.email, bizdev.user.email])
    assert receivers("cms.contract_executed") == both


def test_signed_pdf_is_stored_once_and_mailed_once(issued, approver, bizdev):
    sign(issued, approver)
    sign(issued, bizdev)
    effect = Effect.objects.get(name="cms.render_executed_contract")
    run_effect(effect.pk)
    first = Contract.objects.get().executed_document

    Effect.objects.filter(pk=effect.pk).update(state="pending")
    run_effect(effect.pk)

    assert Contract.objects.get().executed_document == first
    assert first.name == f"{issued.number}-signed.pdf"
    assert len(receivers("cms.contract_executed")) == 2


def test_wrong_code_signs_nothing_and_the_fifth_ends_it(issued, approver):
    right = code_for(approver, issued)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(5):
        with pytest.raises(Exception, match="This code is wrong"):
            actions.sign(issued, code=wrong, name="A", title="B", by=approver)

    with pytest.raises(Exception, match="There is no valid code"):
        actions.sign(issued, code=right, name="A", title="B", by=approver)

    assert Contract.objects.get().state == "issued"


def test_code_of_one_signer_is_none_of_another(issued, approver, bizdev):
    code = code_for(approver, issued)

    with pytest.raises(Exception, match="There is no valid code"):
        actions.sign(issued, code=code, name="A", title="B", by=bizdev)


@pytest.mark.parametrize("role", ["Client viewer", "Delivery manager", "Recruiter"])
def test_who_may_not_sign_gets_no_code(role, issued, actor_as):
    with pytest.raises(PermissionDenied):
        actions.request_signing_code(issued, by=actor_as(role))


def test_side_that_has_signed_gets_no_second_code(issued, approver):
    sign(issued, approver)

    with pytest.raises(StepRefused, match="signed for this side already"):
        actions.request_signing_code(issued, by=approver)


def test_draft_is_signed_by_nobody(contract, bizdev):
    with pytest.raises(StepRefused, match="it is draft"):
        actions.request_signing_code(contract, by=bizdev)


def test_void_contract_ends_its_codes_and_tells_those_concerned(issued, approver, bizdev):
    sign(issued, approver)
    code_for(bizdev, issued)

    void = actions.void_contract(issued, reason="A wrong name.", by=bizdev)

    assert (void.state, void.void_reason) == ("void", "A wrong name.")
    assert receivers("cms.contract_void") == [approver.user.email]
    assert not Link.objects.filter(used_at=None, revoked_at=None).exists()
    assert Milestone.objects.get(key="contract").turn == "staff"


@pytest.mark.parametrize(("kind", "side"), [("staff", "us"), ("client", "client")])
def test_somebody_with_every_right_signs_for_their_own_side_only(kind, side):
    user = UserFactory(kind=kind, is_superuser=True)

    assert ContractFactory().side_of(user.actor) == side
