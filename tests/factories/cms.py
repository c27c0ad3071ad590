from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from cms.models import (
    Clause,
    Contract,
    HomePage,
    Proposal,
    ProposalPage,
    ProposalVersion,
    Signature,
)
from tests.factories.core import UserFactory
from tests.factories.engagements import EngagementFactory

SENT_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIGURES = {
    "title": "Your team",
    "number": "P-1",
    "version": 1,
    "valid_until": "2030-01-31",
    "client": "Nordwind Bank",
    "client_legal_name": "Nordwind Bank AG",
    "engagement": "Phone, German",
    "code": "NB-1",
    "go_live_on": "2029-09-03",
    "currency": "EUR",
    "plan_version": 1,
    "seats": 2,
    "agents": 1,
    "countries": ["PL"],
    "time_zone": "Europe/Berlin",
    "scope": "Questions about accounts and cards",
    "lines": [
        {
            "name": "Phone, German",
            "channel": "phone",
            "language": "de",
            "level": "C1",
            "hours": "Mon to Fri 09:00\N{EN DASH}17:00",
            "service_level": "0.800",
            "threshold_s": 20,
            "contacts": "200.00",
            "aht_s": 360,
        }
    ],
    "why": [],
    "team": [{"label": "Team lead", "count": 1, "children": [{"label": "Agents", "count": 1}]}],
    "price": {
        "lines": [
            {
                "role": "Agent",
                "language": "de",
                "seats": 1,
                "monthly": "2980.00",
                "total": "2980.00",
            },
            {
                "role": "Team lead",
                "language": "",
                "seats": 1,
                "monthly": "3720.50",
                "total": "3720.50",
            },
        ],
        "total": "6700.50",
        "currency": "EUR",
    },
    "timeline": [{"label": "The team is live", "on": "2029-09-03", "note": ""}],
}


class ProposalPageFactory(DjangoModelFactory):
    """A draft below the home page, without blocks."""

    class Meta:
        model = ProposalPage

    title = "Your team"
    slug = factory.Sequence(lambda n: f"proposal-{n}")
    engagement = factory.SubFactory(EngagementFactory)
    valid_until = date(2030, 1, 31)
    live = False

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        page = HomePage.objects.get().add_child(instance=model_class(*args, **kwargs))
        page.save_revision()
        return page


class ProposalFactory(DjangoModelFactory):
    """A draft."""

    class Meta:
        model = Proposal

    engagement = factory.SubFactory(EngagementFactory)
    page = factory.SubFactory(ProposalPageFactory, engagement=factory.SelfAttribute("..engagement"))
    number = factory.Sequence(lambda n: f"P-{n + 1}")


class ProposalVersionFactory(DjangoModelFactory):
    """What was sent; its proposal waits for the client's answer."""

    class Meta:
        model = ProposalVersion

    proposal = factory.SubFactory(ProposalFactory, state="sent")
    html = "<h1>Your team</h1>"
    data = FIGURES
    sha256 = "ab" * 32
    valid_until = date(2030, 1, 31)
    sent_at = SENT_AT


class ClauseFactory(DjangoModelFactory):
    class Meta:
        model = Clause

    key = factory.Sequence(lambda n: f"clause-{n}")
    title = "Audits"
    body = "<p>[client] may audit [provider].</p>"
    position = 900


class ContractFactory(DjangoModelFactory):
    """A draft without its PDF."""

    class Meta:
        model = Contract

    engagement = factory.SubFactory(EngagementFactory)
    proposal = factory.SubFactory(
        ProposalFactory, engagement=factory.SelfAttribute("..engagement"), state="accepted"
    )
    number = factory.Sequence(lambda n: f"C-{n + 1}")
    data = {"number": "C-1", "provider": "Cadre", "clauses": [], "figures": FIGURES}
    html = "<h1>Contract</h1>"


class SignatureFactory(DjangoModelFactory):
    class Meta:
        model = Signature

    contract = factory.SubFactory(ContractFactory)
    side = "client"
    by = factory.LazyFunction(lambda: UserFactory().actor)
    name = "M. Hansen"
    title = "Head of Service"
    document_sha256 = "cd" * 32
