"""A row for every list that is declared: `make(key, world, text)` gives one that holds the text."""

from datetime import date, timedelta

from core import audit, effects, lists, messages, service_accounts
from core.models import Actor
from tests.factories.cms import ContractFactory, ProposalFactory, ProposalVersionFactory
from tests.factories.core import NOW, JobFactory, JobLineFactory, UserFactory
from tests.factories.engagements import (
    ClientFactory,
    ClientPersonFactory,
    EngagementFactory,
    SeatFactory,
)
from tests.factories.recruiting import (
    ApplicationFactory,
    CriteriaSetFactory,
    CriterionFactory,
    FactFactory,
    RequisitionFactory,
    ScorecardFactory,
)
from tests.factories.training import CertificateFactory, EnrolmentFactory, ProgrammeFactory
from tests.factories.vendors import (
    ExchangeRateFactory,
    SiteFactory,
    VendorDocumentFactory,
    VendorFactory,
)
from vendors.models import ExchangeRate

WHO = {
    "portal.candidates": "own approver",
    "portal.contracts": "own approver",
    "portal.criteria": "own approver",
    "portal.proposals": "own approver",
    "portal.vendor_candidates": "own vendor",
    "portal.vendor_documents": "own vendor",
    "portal.vendor_requisitions": "own vendor",
}


def client(world, text):
    row = ClientFactory(industry=text)
    EngagementFactory(client=row)
    ClientPersonFactory(client=row)
    return row


def vendor(world, text):
    row = VendorFactory(name=text)
    SiteFactory(vendor=row)
    VendorDocumentFactory(vendor=row)
    return row


def requisition(world, text):
    row = RequisitionFactory(title=text, state="open", vendors=[world.vendor])
    row.seats.set(SeatFactory.create_batch(2, engagement=row.engagement))
    return row


def application(world, text, **fields):
    row = ApplicationFactory(candidate__name=text, vendor=world.vendor, **fields)
    FactFactory(candidate=row.candidate)
    CriterionFactory(criteria_set=row.criteria_set)
    ScorecardFactory(application=row)
    return row


def audit_entry(world, text):
    return audit.note("view", did="candidate_seen", by=UserFactory(name=text).actor)


def effect(world, text):
    return effects.cause(text, key=f"{text}{effects.Effect.objects.count()}")


def before_the_client(world, text):
    fields = {"requisition__engagement__client": world.client, "requisition__title": text}
    return application(world, text, state="client_review", put_forward_at=NOW, **fields)


def service_account(world, text):
    given = {"scopes": ["seats:read"], "days": 1, "by": Actor.objects.system()}
    row, _token = service_accounts.create(
        name=text, owner=UserFactory(), subject=ClientFactory(), **given
    )
    return row


def issued(world, text):
    row = ContractFactory(
        engagement__client=world.client, engagement__name=text, proposal__state="declined"
    )
    by = Actor.objects.system()
    row.log.create(step="issue", source="draft", target="issued", by=by, at=NOW)
    return row


def sent(world, text):
    fields = {"proposal__engagement__client": world.client, "proposal__engagement__name": text}
    return ProposalVersionFactory(**fields).proposal


def agreed(world, text):
    fields = {"engagement__client": world.client, "engagement__name": text}
    return CriteriaSetFactory(state="approved", sha256="ab" * 32, **fields)


def training_class(world, text):
    return EnrolmentFactory(training_class__name=text, training_class__state="open").training_class


def exchange_rate(world, text):
    day = date(2026, 1, 1) + timedelta(days=ExchangeRate.objects.count())
    return ExchangeRateFactory(source=text, on=day)


MAKE = {
    "cms.contracts": lambda world, text: ContractFactory(engagement__name=text),
    "cms.proposals": lambda world, text: ProposalFactory(engagement__name=text),
    "core.audit": audit_entry,
    "core.effects": effect,
    "core.job_lines": lambda world, text: JobLineFactory(job=world.job, text=text),
    "core.jobs": lambda world, text: JobFactory(title=text),
    "core.mail": lambda world, text: messages.queue(
        "a.b", to="ana@x.example", subject_line=text, body="Text"
    ),
    "core.service_accounts": service_account,
    "core.people": lambda world, text: UserFactory(name=text),
    "engagements.clients": client,
    "engagements.engagements": lambda world, text: SeatFactory(engagement__name=text).engagement,
    "engagements.seats": lambda world, text: SeatFactory(
        engagement=world.engagement, site=SiteFactory(name=text)
    ),
    "portal.candidates": before_the_client,
    "portal.contracts": issued,
    "portal.criteria": agreed,
    "portal.proposals": sent,
    "portal.vendor_candidates": application,
    "portal.vendor_documents": lambda world, text: VendorDocumentFactory(vendor=world.vendor),
    "portal.vendor_requisitions": requisition,
    "recruiting.applications": lambda world, text: application(
        world, text, requisition=world.requisition
    ),
    "recruiting.candidates": lambda world, text: application(world, text).candidate,
    "recruiting.criteria": lambda world, text: (
        CriterionFactory(criteria_set__title=text).criteria_set
    ),
    "recruiting.requisitions": requisition,
    "training.certificates": lambda world, text: CertificateFactory(
        enrolment__application__candidate__name=text
    ),
    "training.classes": training_class,
    "training.programmes": lambda world, text: ProgrammeFactory(description="", name=text),
    "vendors.documents": lambda world, text: VendorDocumentFactory(vendor__name=text),
    "vendors.exchange_rates": exchange_rate,
    "vendors.vendors": vendor,
}
PARENT = {
    "core.job_lines": "job",
    "engagements.seats": "engagement",
    "recruiting.applications": "requisition",
}


def listing(key, world):
    """Return the list as the person sees it who has the right to it."""
    parent = getattr(world, PARENT[key]) if key in PARENT else None
    actor = world.users[WHO.get(key, "Administrator")].actor
    return lists.find(key, actor, parent.pk if parent else None)
