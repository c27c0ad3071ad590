"""What is talked about, who looks after it, and where the client reads along.

Candidates, applications, requisitions and vendors have internal threads only: no client sees
those pages, and a candidate's page must not be one where somebody could speak to the client.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import comments
from core.models import User
from core.templatetags.ui import dom_id
from recruiting.models import CriteriaSet


def client_people(subject: Any) -> list[User]:
    """Return the client's people with access, of the engagement that the subject belongs to."""
    engagement = getattr(subject, "engagement", subject)
    people = User.objects.filter(is_active=True, client_person__client=engagement.client_id)
    return list(people.select_related("actor"))


def owner(subject: Any) -> list[User]:
    return [getattr(subject, "engagement", subject).owner]


def criteria_items(subject: CriteriaSet) -> dict[str, str]:
    return {dom_id(item): str(item) for item in subject.items.all()}


def nobody(subject: Any) -> list[User]:
    return []


def declare() -> None:
    comments.declare(
        "engagements.Engagement",
        label=_("Engagement"),
        keepers=owner,
        client_people=client_people,
        client_page=lambda row: f"{reverse('portal:progress')}#team-{row.pk}",
    )
    comments.declare(
        "recruiting.CriteriaSet",
        label=_("Criteria"),
        keepers=owner,
        client_people=client_people,
        client_page=lambda row: reverse("portal:criteria", args=[row.pk]),
        items=criteria_items,
    )
    comments.declare(
        "cms.Proposal",
        label=_("Proposal"),
        keepers=owner,
        client_people=client_people,
        client_page=lambda row: reverse("cms:client_proposal", args=[row.pk]),
    )
    comments.declare(
        "cms.Contract",
        label=_("Contract"),
        keepers=owner,
        client_people=client_people,
        client_page=lambda row: reverse("cms:client_contract", args=[row.pk]),
    )
    comments.declare(
        "recruiting.Requisition", label=_("Requisition"), keepers=lambda row: [row.recruiter]
    )
    comments.declare(
        "recruiting.Application",
        label=_("Application"),
        keepers=lambda row: [row.requisition.recruiter],
    )
    comments.declare("recruiting.Candidate", label=_("Candidate"), keepers=nobody)
    comments.declare("vendors.Vendor", label=_("Vendor"), keepers=nobody)
