"""What follows here from what happens in the apps below, and what theirs waits for here."""

from typing import Any

from django.contrib.auth.models import Group
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupPagePermission

from cms import actions
from cms.models import Contract, HomePage, Proposal
from core import workflow
from core.models import Actor
from core.signals import roles_synced, step_taken
from core.workflow import Blocker, guard
from engagements.models import Engagement
from recruiting.models import Requisition

EDITORS = ["Administrator", "BizDev"]
OPEN = [
    Proposal.State.DRAFT,
    Proposal.State.IN_REVIEW,
    Proposal.State.APPROVED,
    Proposal.State.SENT,
]


@receiver(roles_synced)
def let_editors_in(**kwargs: Any) -> None:
    """Give those who write proposals the right to edit the pages of the site, and nobody else."""
    home = HomePage.objects.first()
    if home is None:
        return
    GroupPagePermission.objects.exclude(group__name__in=EDITORS).delete()
    for group in Group.objects.filter(name__in=EDITORS):
        rights = GroupPagePermission.objects.filter(group=group, page_id=home.pk)
        for kind in ["change", "publish"]:
            if not rights.filter(permission__codename=f"{kind}_page").exists():
                GroupPagePermission.objects.create(group=group, page=home, permission_type=kind)


@receiver(step_taken, sender=Requisition)
def show_what_is_open(subject: Requisition, **kwargs: Any) -> None:
    """Keep the careers page as the requisitions are."""
    if subject.state == Requisition.State.OPEN:
        actions.publish_job(subject)
    else:
        actions.unpublish_job(subject)


@receiver(step_taken, sender=Engagement)
def end_what_was_proposed(subject: Engagement, step: str, **kwargs: Any) -> None:
    """Take the open proposals of a lost engagement back: nobody can accept them any more."""
    if step != "lose":
        return
    for proposal in subject.proposals.filter(state__in=OPEN):
        actions.withdraw_proposal(proposal, by=Actor.objects.system(), note=subject.lost_reason)


@guard(_("There is no contract."), clears=_("BizDev"))
def has_executed_contract(engagement: Engagement) -> bool | Blocker:
    """A team goes live under a signed contract only. It asks itself: nothing below prefetches."""
    contracts = list(Contract.objects.for_steps().filter(engagement=engagement).current())
    if any(contract.state == Contract.State.EXECUTED for contract in contracts):
        return True
    return _wait_for(contracts[0]) if contracts else has_executed_contract.blocker  # type: ignore[attr-defined]


def _wait_for(contract: Contract) -> Blocker:
    url = contract.get_absolute_url()
    if contract.state in {Contract.State.DRAFT, Contract.State.NEGOTIATION}:
        reason = gettext("%(contract)s is not issued.") % {"contract": contract}
        return Blocker(reason, gettext("BizDev"), url)
    if contract.waits_for_client:
        reason = gettext("%(contract)s waits for the client's signature.")
        return Blocker(reason % {"contract": contract}, gettext("the client"), url)
    reason = gettext("%(contract)s waits for our signature.")
    return Blocker(reason % {"contract": contract}, gettext("BizDev"), url)


workflow.add_guard("engagements.Engagement", "go_live", has_executed_contract)
