"""How we build a team where a client asks for nothing else: ratios, with where each comes from."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core import policies
from planning.sourcing import DEFAULT_RATES, Rate
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


_RATES = {rate.key: rate for rate in DEFAULT_RATES}
RATES = {
    key: policies.declare(
        f"staffing.rate_{key}",
        default=Decimal(str(_RATES[key].share)),
        kind=Decimal,
        label=label,
        help=_("A share: 0.8 is 80 %. It holds for plans made from now on."),
        minimum=Decimal("0.01"),
        maximum=Decimal(1),
    )
    for key, label in [
        ("offered", _("Candidates who get an offer")),
        ("accepted", _("Offers that are accepted")),
        ("started", _("Who accepted and comes")),
        ("certified", _("Who starts training and is certified")),
    ]
}


def rates() -> tuple[Rate, ...]:
    """Return the rates of recruiting that hold now; one that was changed cites the policy."""
    return tuple(_rate(rate) for rate in DEFAULT_RATES)


def _rate(rate: Rate) -> Rate:
    share = float(RATES[rate.key].value())
    if share == rate.share:
        return rate
    return replace(rate, share=share, source=f"Our policy: {share:.0%}")


policies.group("calendar", _("The way to going live"))
# In the order of time: each begins when the one before has ended.
CALENDAR = {
    key: policies.declare(
        f"calendar.{key}_days",
        default=days,
        kind=int,
        unit=_("days"),
        label=label,
        help=_("From it the last safe days of an engagement are counted back."),
        minimum=0,
        maximum=365,
    )
    for key, days, label in [
        ("signature", 10, _("From the contract to approved criteria")),
        ("criteria", 10, _("From approved criteria to sourcing")),
        ("sourcing", 42, _("From sourcing to offers accepted")),
        ("offers", 28, _("From offers accepted to the class")),
        ("class", 21, _("A class takes")),
        ("nesting", 14, _("Nesting takes")),
    ]
}

policies.group("pricing", _("Prices"))
MARGIN_FLOOR = policies.declare(
    "pricing.margin_floor",
    default=Decimal("0.20"),
    kind=Decimal,
    label=_("The margin of a proposal is at least"),
    help=_("A share: 0.2 is 20 %. Below it, a rule of the approval of proposals asks one more."),
    minimum=Decimal(0),
    maximum=Decimal("0.99"),
)
