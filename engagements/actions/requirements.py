from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.forms import model_to_dict
from django.utils.translation import gettext as _

from core.workflow import Blocker, StepRefused, locked
from engagements import scenarios
from engagements.models import (
    Assumption,
    Engagement,
    LineOfBusiness,
    Requirements,
    Scenario,
    SuccessMeasure,
)

HEAD = [
    "scope_of_service",
    "deployment",
    "channels_in_use",
    "industry",
    "business_size",
    "complexity",
    "delivery_countries",
    "customer_time_zone",
    "structure_wish",
    "security",
    "security_notes",
    "budget_monthly",
    "go_live_on",
    "ramp",
]

ASSUMED = ["what", "value", "unit", "source", "given_by"]
MEASURED = ["name", "formula", "unit", "direction", "target", "window", "source", "meant"]


@transaction.atomic
def create_requirements(
    engagement: Engagement,
    *,
    lines: list[dict[str, Any]],
    assumptions: Iterable[Assumption] = (),
    measures: Iterable[SuccessMeasure] = (),
    **head: Any,
) -> Requirements:
    """Write the next version of an engagement's requirements, as a draft with its lines.

    `assumptions` and `measures` are those of another version, which this one takes over:
    assumptions by the lines' names.
    """
    locked(engagement)
    last = engagement.requirements.aggregate(last=Max("version"))["last"] or 0
    row = Requirements.objects.create(engagement=engagement, version=last + 1, **head)
    LineOfBusiness.objects.bulk_create(
        [
            LineOfBusiness(requirements=row, **{"position": at, **line})
            for at, line in enumerate(lines, start=1)
        ]
    )
    named = {line.name: line for line in row.lines.all()}
    for each in assumptions:
        line = named.get(each.line.name) if each.line else None
        if each.line is None or line:
            kept = {name: getattr(each, name) for name in ASSUMED}
            row.assumptions.create(line=line, owner=each.owner, **kept)
    for at, measure in enumerate(measures, start=1):
        row.measures.create(position=at, **{name: getattr(measure, name) for name in MEASURED})
    return row


def new_version(requirements: Requirements) -> Requirements:
    """Copy requirements as the next version, a draft: what was submitted is never edited."""
    return create_requirements(
        requirements.engagement,
        lines=lines_of(requirements),
        assumptions=requirements.assumptions.select_related("line", "owner"),
        measures=requirements.measures.all(),
        **head_of(requirements),
    )


def copy_requirements(source: Requirements, engagement: Engagement) -> Requirements:
    """Begin an engagement's requirements with those of another one: all but zone and go-live."""
    own: dict[str, Any] = {"customer_time_zone": engagement.client.time_zone}
    if engagement.go_live_on:
        own["go_live_on"] = engagement.go_live_on
    return create_requirements(
        engagement,
        lines=lines_of(source),
        assumptions=source.assumptions.select_related("line", "owner"),
        measures=source.measures.all(),
        **head_of(source) | own,
    )


@transaction.atomic
def adopt_scenario(scenario: Scenario) -> Requirements:
    """Make the next version, a draft, of requirements as a scenario changes them."""
    row = new_version(scenario.requirements)
    if scenario.go_live_on:
        row.go_live_on = scenario.go_live_on
    if scenario.kind:
        row.structure_wish = scenario.kind
    row.save(update_fields=["go_live_on", "structure_wish"])
    for line in row.lines.all():
        scenarios.apply(line, scenario)
        line.save()
    return row


def head_of(requirements: Requirements) -> dict[str, Any]:
    return {name: getattr(requirements, name) for name in HEAD}


def lines_of(requirements: Requirements) -> list[dict[str, Any]]:
    left_out = ["id", "requirements", "position"]
    return [model_to_dict(line, exclude=left_out) for line in requirements.lines.all()]


def content(requirements: Requirements) -> dict[str, Any]:
    """Return all that the requirements say; what their hash is made of.

    An owner is who looks after an assumption, not part of what is said.
    """
    assumed = [
        {name: getattr(each, name) for name in ASSUMED} | {"line": each.line and each.line.name}
        for each in requirements.assumptions.select_related("line")
    ]
    measured = [
        {name: getattr(each, name) for name in MEASURED} for each in requirements.measures.all()
    ]
    said = {**head_of(requirements), "lines": lines_of(requirements)}
    said |= {"assumptions": assumed} if assumed else {}
    return said | ({"measures": measured} if measured else {})


def draft(requirements: Requirements) -> Requirements:
    """Lock requirements that are to be edited. Raises StepRefused once they are submitted."""
    row = locked(requirements)
    if not row.is_draft:
        raise StepRefused(closed(row))
    return row


def closed(requirements: Requirements) -> Blocker:
    """Say why requirements can't be edited any more."""
    reason = _("These requirements are {state}: make a new version of them.")
    url = requirements.get_absolute_url()
    return Blocker(reason.format(state=requirements.get_state_display()), "BizDev", url)


@transaction.atomic
def edit_requirements(requirements: Requirements, **head: Any) -> Requirements:
    """Change the head of a draft. Raises StepRefused once it is submitted."""
    row = draft(requirements)
    for name, value in head.items():
        setattr(row, name, value)
    row.save(update_fields=[*head])
    return row


@transaction.atomic
def save_line(requirements: Requirements, line: LineOfBusiness) -> LineOfBusiness:
    """Add a line to a draft, after its others, or save a changed one."""
    row = draft(requirements)
    if line.pk is None:
        last = row.lines.aggregate(last=Max("position"))["last"] or 0
        line.requirements, line.position = row, last + 1
    line.save()
    return line


@transaction.atomic
def remove_line(line: LineOfBusiness) -> None:
    """Take a line out of a draft. Raises StepRefused once it is submitted."""
    draft(line.requirements)
    line.delete()


@transaction.atomic
def save_assumption(requirements: Requirements, assumption: Assumption) -> Assumption:
    """Note an assumption of a draft, or change it. Raises StepRefused once it is submitted."""
    assumption.requirements = draft(requirements)
    assumption.save()
    return assumption


@transaction.atomic
def remove_assumption(assumption: Assumption) -> None:
    """Raises StepRefused once the requirements are submitted."""
    draft(assumption.requirements)
    assumption.delete()
