"""The steps in which requirements are asked for, and how far somebody has come in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models import Requirements

Text = Any  # translated when it is read


@dataclass(frozen=True)
class Step:
    """One question of the intake: the fields that answer it, and what it can't be without."""

    slug: str
    title: Text
    question: Text
    why: Text
    fields: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()


@dataclass(frozen=True)
class Progress:
    """A step as far as some requirements have come in it; `lacks` are the names of what lacks."""

    step: Step
    number: int
    url: str
    lacks: list[Text]
    is_done: bool


STEPS = (
    Step(
        "business",
        _("The business"),
        _("What does the business do, and what shall the team do for it?"),
        _("Size and complexity suggest how many levels of service the team needs."),
        ("industry", "business_size", "scope_of_service", "complexity"),
        ("industry", "business_size", "scope_of_service"),
    ),
    Step(
        "deployment",
        _("In use today"),
        _("What does the team work with?"),
        _("Software and channels in use decide what people have to know on their first day."),
        ("deployment", "channels_in_use"),
        ("deployment",),
    ),
    Step(
        "geography",
        _("Geography"),
        _("Where are the customers, and where may the team be?"),
        _("Time zones decide the shifts; countries decide salaries, languages and holidays."),
        ("delivery_countries", "customer_time_zone", "structure_wish"),
        ("delivery_countries", "customer_time_zone"),
    ),
    Step(
        "lines",
        _("Lines of business"),
        _("What comes in, when, and how fast is it answered?"),
        _("A line is a queue of work: a channel in a language. The size of the team follows."),
        awaited=("lines",),
    ),
    Step(
        "skills-and-security",
        _("Skills and security"),
        _("What has to be known, and what has to be kept safe?"),
        _("Security needs decide where people may work; skills decide whom we look for."),
        ("security", "security_notes"),
        ("security",),
    ),
    Step(
        "measures",
        _("Success measures"),
        _("By what will you see that it works?"),
        _("Said before the start, a measure can be agreed; said after, it is an argument."),
        awaited=("measures",),
    ),
    Step(
        "dates",
        _("Dates and budget"),
        _("When does it start, how fast, and for how much?"),
        _("From the go-live every decision before it is counted back."),
        ("go_live_on", "ramp", "budget_monthly"),
        ("go_live_on",),
    ),
    Step(
        "review",
        _("Read and submit"),
        _("Is this what you need?"),
        _("Once submitted it is frozen as it stands; whatever changes later is a new version."),
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}
# What somebody reads that lacks, and what requirements can't be submitted without.
LACKS = {
    "industry": _("the industry"),
    "business_size": _("the size of the business"),
    "scope_of_service": _("the scope of service"),
    "deployment": _("the software in use"),
    "delivery_countries": _("the countries to deliver from"),
    "customer_time_zone": _("the customers' time zone"),
    "lines": _("a line of business"),
    "security": _("the security needs, or that there are none"),
    "measures": _("a measure of success"),
    "go_live_on": _("the day of the go-live"),
}
NEEDED = {"scope_of_service", "lines", "go_live_on"}


def progress(row: Requirements) -> list[Progress]:
    """Return each step with what it lacks; read from rows of `for_intake` it takes no query."""
    return [
        Progress(
            step,
            number,
            url(row, step),
            lacks := [LACKS[name] for name in _unanswered(row, step)],
            not lacks and (step.slug != "review" or not row.is_draft),
        )
        for number, step in enumerate(STEPS, start=1)
    ]


def done(row: Requirements) -> int:
    return sum(each.is_done for each in progress(row))


def lacking(row: Requirements) -> list[tuple[Progress, str]]:
    """Return what is not said yet, step by step: a sentence's worth of names each."""
    return [(each, ", ".join(map(str, each.lacks))) for each in progress(row) if each.lacks]


def is_enough(row: Requirements) -> bool:
    """Tell whether nothing lacks without which requirements can't be submitted."""
    return not any(name in NEEDED for step in STEPS for name in _unanswered(row, step))


def _unanswered(row: Requirements, step: Step) -> Iterator[str]:
    for name in step.awaited:
        value = getattr(row, name)
        if not (value.all() if hasattr(value, "all") else value):
            yield name


def url(row: Requirements, step: Step) -> str:
    return reverse("engagements:intake", args=[row.pk, step.slug])


def beside(row: Requirements, step: Step, by: int) -> str:
    """Return the address of the step before (-1) or after (+1); "" where there is none."""
    at = STEPS.index(step) + by
    return url(row, STEPS[at]) if 0 <= at < len(STEPS) else ""
