"""How we build a team where a client asks for nothing else: ratios, with where each comes from."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import policies
from core.models import PolicyValue
from planning.sourcing import DEFAULT_RATES, Rate
from planning.structure import DEFAULT_RATIOS, MANAGER, Structure, SupportRatio
from vendors.models import Role

policies.group("staffing", _("Staffing plans"))
SPAN = policies.declare(
    "staffing.agents_per_lead",
    default=Structure.target_span,
    kind=int,
    unit=_("agents"),
    label=_("A lead has"),
    help=_(
        "What the form of a staffing plan proposes. Usual practice: about eight. "
        "ICMI 2019: no standard, 10-14 are usual."
    ),
    minimum=2,
    maximum=30,
)
# The levels above the leads, by the field of `Structure` that they fill.
CHAIN = {
    "leads_per_supervisor": policies.declare(
        "staffing.leads_per_supervisor",
        default=Structure.leads_per_supervisor,
        kind=int,
        unit=_("leads"),
        label=_("A supervisor has"),
        help=_("With more leads there are supervisors. Usual practice: six to ten."),
        minimum=2,
        maximum=30,
    ),
    "supervisors_per_manager": policies.declare(
        "staffing.supervisors_per_manager",
        default=Structure.supervisors_per_manager,
        kind=int,
        unit=_("supervisors"),
        label=_("A manager has"),
        help=_("With more there are several managers and a director. Usual practice: six to ten."),
        minimum=2,
        maximum=30,
    ),
}
# Whom we employ only where a client pays for it: none, unless the policy says for how many.
ON_REQUEST = (
    SupportRatio(Role.COACH, 8, 10, MANAGER, "Usual practice: one for 5-8 agents in nesting"),
    SupportRatio(
        Role.CUSTOMER_SUCCESS_MANAGER, 50, 10, MANAGER, "No usual number: by accounts looked after"
    ),
)
_SHIPPED = {ratio.role: ratio for ratio in (*DEFAULT_RATIOS, *ON_REQUEST)}
PER_ROLE = {
    role: policies.declare(
        f"staffing.agents_per_{role}",
        default=int(_SHIPPED[role].agents_per) if least else 0,
        kind=int,
        unit=_("agents"),
        label=label,
        help=cited,
        minimum=least,
        maximum=200,
    )
    for role, least, label, cited in [
        (
            Role.QUALITY_ANALYST,
            5,
            _("One quality analyst for"),
            _("Usual practice: 25-30. It holds for plans made from now on."),
        ),
        (
            Role.TRAINER,
            5,
            _("One trainer for"),
            _("Usual practice: 15-25. It holds for plans made from now on."),
        ),
        (
            Role.WORKFORCE_PLANNER,
            5,
            _("One workforce planner for"),
            _("Usual practice: 50. It holds for plans made from now on."),
        ),
        (
            Role.COACH,
            0,
            _("One coach for"),
            _("0: none is employed. Usual practice: one for 5-8 agents in nesting."),
        ),
        (
            Role.CUSTOMER_SUCCESS_MANAGER,
            0,
            _("One customer success manager for"),
            _("0: none is employed. There is no usual number: it follows the accounts."),
        ),
    ]
}
EMPLOYED_FROM = {
    role: policies.declare(
        f"staffing.{role}_from",
        default=_SHIPPED[role].from_agents,
        kind=int,
        unit=_("agents"),
        label=label,
        help=_("In a smaller team whom they report to does it as well. Usual practice."),
        minimum=0,
        maximum=200,
    )
    for role, label in [
        (Role.QUALITY_ANALYST, _("A quality analyst is employed from")),
        (Role.TRAINER, _("A trainer is employed from")),
        (Role.WORKFORCE_PLANNER, _("A workforce planner is employed from")),
        (Role.COACH, _("A coach is employed from")),
        (Role.CUSTOMER_SUCCESS_MANAGER, _("A customer success manager is employed from")),
    ]
}


def ratios() -> tuple[SupportRatio, ...]:
    """Return the ratios that hold now; one that was changed cites its policy, by whom and when.

    A role of which there is to be none (0) is left out: who it reports to has its duties.
    """
    wanted = [ratio for ratio in _SHIPPED.values() if PER_ROLE[Role(ratio.role)].value()]
    held = [_held(ratio) for ratio in wanted]
    if held == wanted:
        return tuple(held)
    rows = {row.name: row for row in policies.newest() if row.value is not None}
    return tuple(
        ratio if ratio == shipped else replace(ratio, source=_cited(ratio, rows))
        for ratio, shipped in zip(held, wanted, strict=True)
    )


def _held(ratio: SupportRatio) -> SupportRatio:
    role = Role(ratio.role)
    number, least = PER_ROLE[role].value(), EMPLOYED_FROM[role].value()
    return replace(ratio, agents_per=number, from_agents=least)


def _cited(ratio: SupportRatio, rows: Mapping[str, PolicyValue]) -> str:
    """Say whose policy a ratio is, by the newer of the two that make it."""
    role = Role(ratio.role)
    names = [PER_ROLE[role].name, EMPLOYED_FROM[role].name]
    row = max((rows[name] for name in names if name in rows), key=lambda each: each.at)
    when = date_format(row.at, "j F Y")
    numbers = f"one for {ratio.agents_per:g} agents, from {ratio.from_agents} on"
    return f"Our policy of {when}, set by {row.by}: {numbers}"


def chain() -> dict[str, int]:
    """Return the spans above the leads that hold now, by the field of `Structure`."""
    return {name: policy.value() for name, policy in CHAIN.items()}


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
