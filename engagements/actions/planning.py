"""A staffing plan made by a worker: asked for on a page, which shows how far it is."""

from collections.abc import Iterator

from django.db import transaction

from core import jobs
from core.models import Actor, Job
from core.workflow import StepRefused
from engagements.actions.plans import check_plannable, make_plan
from engagements.models import Requirements
from engagements.wish import Wish

PLANNING = "engagements.make_plan"


@transaction.atomic
def begin_plan(requirements: Requirements, *, by: Actor, wish: Wish) -> Job:
    """Have a worker make the plan. Raises StepRefused where there is no planning now."""
    check_plannable(requirements, requirements.engagement)
    return jobs.start(
        PLANNING,
        by=by,
        title=f"Plan of {requirements}",
        total=(rows := requirements.lines.count() + 1),
        size=rows,
        about=requirements,
        requirements=requirements.pk,
        wish=wish.to_json(),
    )


def do_plan(job: Job, rows: range, by: Actor) -> Iterator[jobs.Line]:
    """Make the plan, in one piece: all its seats or none. Done twice, it is the same plan.

    It reports what each line needs, and at the end the plan.
    """
    requirements = Requirements.objects.visible_to(by).get(pk=job.payload["requirements"])
    try:
        plan = make_plan(requirements, by=by, wish=Wish.from_json(job.payload["wish"]))
    except StepRefused as refusal:
        raise jobs.JobRefused(str(refusal)) from refusal
    for row, line in enumerate(plan.structure["lines"]):
        yield jobs.Line(row, "line", f"{line['name']}: {line['seats']} seats")
    url = plan.get_absolute_url()
    yield jobs.Line(rows.stop - 1, "plan", f"{plan}: {plan.total_seats} seats", url=url)


def planned_by(job: Job) -> str | None:
    """Return where the plan is that a job made; nothing while it is not done."""
    return job.lines.filter(outcome="plan").values_list("url", flat=True).first()
