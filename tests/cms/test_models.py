from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cms import actions
from cms.models import Clause, Contract, NumberSeries, Proposal, ProposalVersion
from core.models import Actor
from core.workflow import StepRefused, blockers, take_step
from engagements.models import ClientPerson, Engagement
from recruiting.models import Requisition
from tests.cms.conftest import approved, state_of
from tests.factories.cms import ClauseFactory, ContractFactory, ProposalFactory, SignatureFactory
from tests.factories.recruiting import RequisitionFactory
from vendors.models import Rate

pytestmark = pytest.mark.django_db
PROPOSAL = {
    ("draft", "submit"): "in_review",
    ("in_review", "send_back"): "draft",
    ("in_review", "approve"): "approved",
    ("approved", "ask_again"): "in_review",
    ("approved", "send"): "sent",
    ("sent", "accept"): "accepted",
    ("sent", "decline"): "declined",
    ("sent", "expire"): "expired",
    ("sent", "supersede"): "superseded",
    ("draft", "withdraw"): "withdrawn",
    ("in_review", "withdraw"): "withdrawn",
    ("approved", "withdraw"): "withdrawn",
    ("sent", "withdraw"): "withdrawn",
}
CONTRACT = {
    ("draft", "negotiate"): "negotiation",
    ("draft", "issue"): "issued",
    ("negotiation", "issue"): "issued",
    ("issued", "sign_first"): "partly_signed",
    ("partly_signed", "execute"): "executed",
    ("executed", "terminate"): "terminated",
    ("draft", "void"): "void",
    ("negotiation", "void"): "void",
    ("issued", "void"): "void",
    ("partly_signed", "void"): "void",
    ("issued", "expire"): "expired",
    ("partly_signed", "expire"): "expired",
}


@pytest.mark.parametrize(("model", "table"), [(Proposal, PROPOSAL), (Contract, CONTRACT)])
def test_machine_has_exactly_these_steps(model, table):
    found = {(step.source, step.name): step.target for step in model().get_all_state_transitions()}

    assert found == table


def reasons(subject, step, by):
    fresh = type(subject).objects.for_steps().get(pk=subject.pk)
    return [str(blocker.reason) for blocker in blockers(fresh, step, by)]


def test_proposal_without_plan_and_seats_is_not_submitted(bizdev):
    proposal = ProposalFactory()

    assert reasons(proposal, "submit", bizdev) == [
        "The engagement has no staffing plan.",
        "The engagement has no seats.",
    ]


def test_ready_proposal_is_sent(draft, bizdev):
    assert reasons(approved(draft, bizdev), "send", bizdev) == []


def test_proposal_waits_for_all_that_sending_needs(draft, bizdev):
    proposal = approved(draft, bizdev)
    Rate.objects.filter(role="team_lead").delete()
    ClientPerson.objects.all().delete()
    Engagement.objects.update(state="scoping")
    page = proposal.page
    page.valid_until = timezone.localdate() - timedelta(days=1)
    page.save_revision()

    *found, changed = reasons(proposal, "send", bizdev)
    assert found == [
        "Our rate card has no price for: team lead.",
        "The engagement is scoping: mark it as planned first.",
        "Nobody at the client can receive it: invite someone.",
        "The day until which it is valid is past.",
    ]
    assert changed.startswith("Changed since its approval: Valid until: ")


def test_version_is_not_sent_once_another_is_accepted(sent, bizdev, approver):
    later = approved(actions.new_proposal_version(sent, by=bizdev), bizdev)
    actions.accept_proposal(sent, name="A", title="B", by=approver)

    assert "The client has accepted another version." in reasons(later, "send", bizdev)


def test_proposal_is_accepted_on_its_last_day_only_until_then(sent, approver):
    today = timezone.localdate()
    ProposalVersion.objects.update(valid_until=today)
    assert reasons(sent, "accept", approver) == []

    ProposalVersion.objects.update(valid_until=today - timedelta(days=1))
    assert reasons(sent, "accept", approver) == ["The day until which it is valid is past."]


def test_contract_is_issued_once_its_pdf_is_made(contract, bizdev):
    assert reasons(contract, "issue", bizdev) == []
    assert reasons(ContractFactory(), "issue", bizdev) == ["Its PDF is still being made."]


def test_contract_is_executed_by_both_signatures(system):
    contract = ContractFactory(state="partly_signed")
    SignatureFactory(contract=contract, side="client")
    with pytest.raises(StepRefused, match="One side has not signed"):
        take_step(contract, "execute", by=system)

    SignatureFactory(contract=contract, side="us")
    assert take_step(contract, "execute", by=system).state == "executed"


def test_team_goes_live_under_an_executed_contract_only(engagement, bizdev):
    def wait():
        return [r for r in reasons(engagement, "go_live", system) if "ontract" in r]

    system = Actor.objects.system()
    Engagement.objects.filter(pk=engagement.pk).update(state="training")
    assert wait() == ["There is no contract."]

    contract = ContractFactory(engagement=engagement, number="C-2026-001")
    assert wait() == ["Contract C-2026-001 is not issued."]

    Contract.objects.filter(pk=contract.pk).update(state="issued")
    assert wait() == ["Contract C-2026-001 waits for the client's signature."]

    SignatureFactory(contract=contract, side="client")
    Contract.objects.filter(pk=contract.pk).update(state="partly_signed")
    assert wait() == ["Contract C-2026-001 waits for our signature."]

    Contract.objects.filter(pk=contract.pk).update(state="executed")
    assert wait() == []
    assert state_of(engagement) == "training"


def test_engagement_has_one_proposal_before_the_client(sent):
    with pytest.raises(IntegrityError, match="one_proposal_before_the_client"):
        ProposalFactory(engagement=sent.engagement, state="accepted")


def test_proposal_has_one_current_contract(contract):
    other = {"engagement": contract.engagement, "proposal": contract.proposal}
    ContractFactory(**other, state="void")

    with pytest.raises(IntegrityError, match="one_current_contract_of_a_proposal"):
        ContractFactory(**other)


def test_side_signs_once():
    signature = SignatureFactory()

    with pytest.raises(IntegrityError, match="one_signature_for_a_side"):
        SignatureFactory(contract=signature.contract)


def test_numbers_leave_no_gap_and_begin_anew_each_year():
    days = [timezone.localdate().replace(year=year, month=1, day=2) for year in (2026, 2026, 2027)]

    assert [NumberSeries.next("C", on=day) for day in days] == [
        "C-2026-001",
        "C-2026-002",
        "C-2027-001",
    ]


def test_clause_counts_a_version_for_each_change_of_its_text():
    clause = ClauseFactory()
    clause.position = 5
    clause.save()
    assert Clause.objects.get(pk=clause.pk).version == 1

    clause.body = "<p>Other.</p>"
    clause.save()
    assert Clause.objects.get(pk=clause.pk).version == 2


def test_library_begins_with_the_clauses_a_contract_needs():
    keys = Clause.objects.values_list("key", flat=True)

    assert list(keys) == [
        "parties",
        "services",
        "seats-and-prices",
        "service-levels",
        "term-and-notice",
        "data-protection",
        "confidentiality",
        "liability",
        "no-poaching",
        "signatures",
    ]
    assert "counsel" in str(Clause._meta.get_field("body").help_text)


def test_requisition_has_one_page():
    requisition = RequisitionFactory(state="open")

    first = actions.publish_job(requisition)

    assert actions.publish_job(requisition) == first
    assert Requisition.objects.get(pk=requisition.pk).job_page == first
