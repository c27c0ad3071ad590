"""How requirements come in: begun, filled in by whom, submitted, and accepted or sent back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop

from core.models import Actor
from core.versions import freeze
from core.workflow import Blocker, StepRefused, locked, take_step
from engagements import told
from engagements.actions.milestones import (
    GO_LIVE,
    GOES_LIVE,
    drop_milestone,
    finish_milestone,
    set_milestone,
)
from engagements.actions.requirements import content, create_requirements, draft, new_version
from engagements.models import Engagement, Requirements, Seat, Turn
from vendors.models import Role

CLIENTS_TURN = gettext_noop("Requirements, version %(version)s, to fill in")


@transaction.atomic
def begin_requirements(engagement: Engagement) -> Requirements:
    """Return the draft to write in: one that is open, a copy of the last version, or a new one.

    A new one knows what the client and the engagement know. The engagement's lock makes two who
    begin at once begin the same.
    """
    engagement = locked(engagement)
    last = engagement.requirements.order_by("-version").first()
    if last is not None:
        return last if last.is_draft else new_version(last)
    return create_requirements(
        engagement,
        lines=[],
        industry=engagement.client.industry,
        business_size=engagement.client.size,
        customer_time_zone=engagement.client.time_zone,
        go_live_on=engagement.go_live_on,
    )


@transaction.atomic
def open_to_client(requirements: Requirements) -> Requirements:
    """Let the client's people fill in a draft, and tell those who may.

    Raises StepRefused where nobody there could, and once it is submitted.
    """
    row = draft(requirements)
    client = row.engagement.client
    if not told.deciders(row):
        reason = f"Nobody at {client} has access and may decide: invite somebody first."
        raise StepRefused(Blocker(reason, "BizDev", client.get_absolute_url()))
    row.with_client = True
    row.save(update_fields=["with_client"])
    _pass_to_client(row)
    return row


@transaction.atomic
def take_back(requirements: Requirements) -> Requirements:
    """Close a draft to the client's people again. Raises StepRefused once it is submitted."""
    row = draft(requirements)
    row.with_client = False
    row.save(update_fields=["with_client"])
    drop_milestone(row.engagement, _turn_key(row))
    return row


def _pass_to_client(row: Requirements) -> None:
    milestone = set_milestone(
        row.engagement,
        _turn_key(row),
        says=CLIENTS_TURN,
        arguments={"version": row.version},
        turn=Turn.CLIENT,
        url=row.get_absolute_url(),
    )
    told.opened(row, milestone)


def _turn_key(row: Requirements) -> str:
    """Name the client's turn: another one after each time that the requirements came back."""
    return f"requirements:{row.pk}:{row.log.filter(step='send_back').count()}"


@transaction.atomic
def submit_requirements(requirements: Requirements, *, by: Actor) -> Requirements:
    """Submit requirements, and freeze what they say at this moment, with its hash.

    The engagement's owner is told when it was the client.
    """
    row = locked(requirements)
    frozen, sha256 = freeze(content(row))
    row = take_step(row, "submit", by=by, frozen=frozen, sha256=sha256)
    finish_milestone(row.engagement, _turn_key(row))
    told.submitted(row, by=by)
    return row


@transaction.atomic
def send_back(requirements: Requirements, *, reason: str, by: Actor) -> Requirements:
    """Open submitted requirements again, with the reason. A client's come back to the client."""
    row = take_step(requirements, "send_back", by=by, note=reason)
    if row.with_client:
        says = gettext_noop("%(by)s sends your requirements, version %(version)s, back: %(reason)s")
        told.answered(row, says, by=by.name, reason=reason)
        _pass_to_client(row)
    return row


@transaction.atomic
def accept_requirements(requirements: Requirements, *, by: Actor) -> Requirements:
    """Accept requirements in place of those accepted earlier, and take over their go-live date.

    The engagement's lock makes two who accept at once, be it the same or two
    versions, do so one after the other.
    """
    engagement = locked(requirements.engagement)
    earlier = engagement.requirements.filter(state=Requirements.State.ACCEPTED)
    for row in earlier.exclude(pk=requirements.pk):
        take_step(row, "supersede", by=by, note=f"By v{requirements.version}.")
    requirements = take_step(requirements, "accept", by=by)
    engagement.go_live_on = requirements.go_live_on
    engagement.save(update_fields=["go_live_on"])
    set_milestone(engagement, GO_LIVE, says=GOES_LIVE, due_on=requirements.go_live_on)
    if requirements.with_client or requirements.asked:
        says = gettext_noop("Your requirements for %(name)s, version %(version)s, are accepted.")
        told.answered(requirements, says)
    return requirements


@transaction.atomic
def discard_draft(requirements: Requirements, *, reason: str = "") -> None:
    """Remove a draft that was never submitted. What was submitted once stays, as a version.

    A client whose wish it was is told, with the reason.
    """
    row = draft(requirements)
    if row.log.exists():
        reason = "This version was submitted once: it stays, and can be edited and submitted again."
        raise StepRefused(Blocker(reason, "BizDev", row.get_absolute_url()))
    drop_milestone(row.engagement, _turn_key(row))
    if row.asked:
        told.declined(row, reason)
    row.delete()


@transaction.atomic
def ask_for_seats(
    engagement: Engagement, *, line: str, seats: int, from_on: date, why: str, by: Actor
) -> Requirements:
    """Write a wish for more seats down as the next version, a draft that is ours to answer.

    The line's least number of agents becomes those whom it has now and those who are to come; a
    line that is not there stands in the words only. An open draft takes the wish in: one
    draft says all that is asked. Raises StepRefused while no requirements are accepted.
    """
    engagement = locked(engagement)
    states = Requirements.State
    accepted = engagement.requirements.filter(state=states.ACCEPTED).first()
    if accepted is None:
        reason = "No requirements are accepted yet: what you need is written into those at hand."
        raise StepRefused(Blocker(reason, "BizDev"))
    versions = engagement.requirements.exclude(state=states.SUPERSEDED).order_by("-version")
    opened = versions.filter(state=states.DRAFT).first()
    # What waits to be accepted is part of what is wanted: the wish comes on top of it.
    row = draft(opened or new_version(versions.first() or accepted))
    wish = f"{line}: +{seats}, {from_on:%Y-%m-%d}. {' '.join(why.split())}"
    row.asked, row.asked_by = "\n".join(filter(None, [row.asked, wish])), by
    row.save(update_fields=["asked", "asked_by"])
    _raise_least(row, line, seats)
    told.asked(row, wish, by=by)
    return row


def _raise_least(row: Requirements, name: str, more: int) -> None:
    """Ask for so many agents more on a line than there are, or than are asked for already."""
    line = row.lines.filter(name=name).first()
    if line is None:
        return
    seats = Seat.objects.wanted().filter(engagement=row.engagement, role=Role.AGENT)
    present = seats.filter(line__name=name).count()
    line.seats_asked = max(present, line.seats_asked or 0) + more
    line.save(update_fields=["seats_asked"])
