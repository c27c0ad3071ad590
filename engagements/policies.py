"""How we build a team where a client asks for nothing else: ratios, with where each comes from."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from core import policies
from planning.structure import (
    DEFAULT_RATIOS,
    QUALITY_ANALYST,
    TRAINER,
    WORKFORCE_PLANNER,
    Structure,
    SupportRatio,
)

policies.group("staffing", _("Staffing plans"))
SPAN = policies.declare(
    "staffing.agents_per_lead",
    default=Structure.target_span,
    kind=int,
    unit=_("agents"),
    label=_("A lead has"),
    help=_("What the form of a staffing plan proposes."),
    minimum=2,
    maximum=30,
)
_SHIPPED = {ratio.role: ratio for ratio in DEFAULT_RATIOS}
PER_ROLE = {
    role: policies.declare(
        f"staffing.agents_per_{role}",
        default=int(_SHIPPED[role].agents_per),
        kind=int,
        unit=_("agents"),
        label=label,
        help=_("It holds for plans made from now on."),
        minimum=5,
        maximum=200,
    )
    for role, label in [
        (QUALITY_ANALYST, _("One quality analyst for")),
        (TRAINER, _("One trainer for")),
        (WORKFORCE_PLANNER, _("One workforce planner for")),
    ]
}


def ratios() -> tuple[SupportRatio, ...]:
    """Return the ratios that hold now; one that was changed cites the policy."""
    return tuple(_held(ratio) for ratio in DEFAULT_RATIOS)


def _held(ratio: SupportRatio) -> SupportRatio:
    number = PER_ROLE[ratio.role].value()
    if number == ratio.agents_per:
        return ratio
    return replace(ratio, agents_per=number, source=f"Our policy: one for {number} agents")
