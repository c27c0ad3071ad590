"""Our mails: to whom they go, and what they say. Pages show them before they are sent."""

from django.conf import settings
from django.urls import reverse

from cms.models import Contract, Proposal, Signature
from core.models import User
from engagements.models import Engagement
from recruiting.mails import Mail


def client_people(engagement: Engagement) -> list[User]:
    users = [person.user for person in engagement.client.people.select_related("user")]
    return sorted((user for user in users if user.is_active), key=lambda user: (user.name, user.pk))


def _url(route: str, subject: Proposal | Contract) -> str:
    return settings.BASE_URL + reverse(route, args=[subject.pk])


def proposal_sent(proposal: Proposal) -> list[Mail]:
    """To everybody at the client: those who decide, and those who may look."""
    return [
        Mail(
            "cms.proposal_sent",
            to=user.email,
            language=user.language,
            about=proposal,
            context={
                "name": user.name,
                "proposal": proposal,
                "title": proposal.page.title,
                "valid_until": proposal.page.valid_until,
                "owner": proposal.engagement.owner.name,
                "url": _url("cms:client_proposal", proposal),
            },
        )
        for user in client_people(proposal.engagement)
    ]


def proposal_answered(proposal: Proposal) -> Mail:
    """To the engagement's owner: the client has answered, or let the day pass."""
    owner = proposal.engagement.owner
    return Mail(
        "cms.proposal_answered",
        to=owner.email,
        about=proposal,
        context={
            "name": owner.name,
            "proposal": proposal,
            "client": proposal.engagement.client.name,
            "answer": proposal.get_state_display(),
            "url": settings.BASE_URL + proposal.get_absolute_url(),
        },
    )


def proposal_withdrawn(proposal: Proposal) -> list[Mail]:
    return [
        Mail(
            "cms.proposal_withdrawn",
            to=user.email,
            language=user.language,
            about=proposal,
            context={
                "name": user.name,
                "proposal": proposal,
                "owner": proposal.engagement.owner.name,
            },
        )
        for user in client_people(proposal.engagement)
    ]


def contract_issued(contract: Contract) -> list[Mail]:
    """To each of the client's people who may sign."""
    return [
        Mail(
            "cms.contract_issued",
            to=user.email,
            language=user.language,
            about=contract,
            context={
                "name": user.name,
                "contract": contract,
                "engagement": contract.engagement.name,
                "url": _url("cms:client_contract", contract),
            },
        )
        for user in contract.engagement.client.deciders("cms.countersign_contract")
    ]


def signing_code(contract: Contract, user: User) -> Mail:
    return Mail(
        "cms.signing_code",
        to=user.email,
        language=user.language,
        about=contract,
        context={"name": user.name, "contract": contract, "sha256": contract.document_sha256},
    )


def contract_executed(contract: Contract) -> list[Mail]:
    """To whoever signed, on both sides."""
    return [
        Mail(
            "cms.contract_executed",
            to=user.email,
            language=user.language,
            about=contract,
            context={
                "name": user.name,
                "contract": contract,
                "url": _url(_page_of(signature), contract),
            },
        )
        for signature in contract.signatures.all()
        if (user := signature.by.user)
    ]


def _page_of(signature: Signature) -> str:
    return "cms:contract" if signature.side == Signature.Side.US else "cms:client_contract"


def contract_void(contract: Contract) -> list[Mail]:
    """To whoever signed, and, where it was issued, to those at the client who were asked to."""
    people = [signature.by.user for signature in contract.signatures.all() if signature.by.user]
    if contract.log.filter(step="issue").exists():
        people += contract.engagement.client.deciders("cms.countersign_contract")
    return [
        Mail(
            "cms.contract_void",
            to=user.email,
            language=user.language,
            about=contract,
            context={"name": user.name, "contract": contract, "reason": contract.void_reason},
        )
        for user in dict.fromkeys(people)
    ]
