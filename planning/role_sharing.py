"""Several support roles in one person, where a team is too small to employ each on its own.

A role's share is agents ÷ agents for one, counted in hundredths of a person, so that what is shown
is what is added up.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from planning import ranges
from planning.structure import RoleCount, SupportRatio, words

HUNDREDTH = Decimal("0.01")
ASKED_FOR = "Asked for by name: one."
WORTH_A_PERSON = Decimal("0.5")


@dataclass(frozen=True)
class Person:
    """One person in support: a role, or shares of several; the largest share names the person.

    `duties` is empty for who does one role and nothing else, full time.
    """

    role: str
    duties: tuple[tuple[str, Decimal], ...] = ()
    site: str = ""

    @property
    def busy(self) -> Decimal:
        """Return the sum of the shares, at most 1."""
        return sum((share for _, share in self.duties), Decimal()) if self.duties else Decimal(1)


def share_of(agents: int, ratio: SupportRatio) -> Decimal:
    """Return agents ÷ agents for one, in hundredths rounded half up, at least one of them.

    Nothing without agents. Whatever the ratio's `from_agents`: nobody is too small for a share.
    """
    ranges.whole("The number of agents", agents)
    if agents == 0:
        return Decimal()
    exact = Decimal(agents) / Decimal(str(ratio.agents_per))
    return max(HUNDREDTH, exact.quantize(HUNDREDTH, ROUND_HALF_UP))


def share_out_roles(shares: Mapping[str, Decimal], *, site: str = "") -> tuple[Person, ...]:
    """Place the shares of roles in people: whole people first, then the rests together.

    First fit, the largest rest first (ties in the order given): each goes whole to the first
    person who has room for it, and to a new one where nobody has. Nobody holds more than 1, and a
    role below 1 is never split over two people. Raises ValueError for a share below 0.
    """
    people: list[Person] = []
    rests: dict[str, Decimal] = {}
    for role, share in shares.items():
        if share < 0:
            raise ValueError(f"The share of a {words(role)} must be 0 or more, not {share}.")
        whole = int(share)
        people += [Person(role, site=site)] * whole
        if share > whole:
            rests[role] = share - whole
    held: list[list[tuple[str, Decimal]]] = []
    for role, share in sorted(rests.items(), key=lambda each: -each[1]):
        room = (duties for duties in held if _sum(duties) + share <= 1)
        place = next(room, None)
        if place is None:
            held.append(place := [])
        place.append((role, share))
    people += [Person(duties[0][0], tuple(duties), site) for duties in held]
    return tuple(people)


def _sum(duties: Iterable[tuple[str, Decimal]]) -> Decimal:
    return sum((share for _, share in duties), Decimal())


def shared_support(
    agents: int, ratios: Sequence[SupportRatio], *, site: str = "", whole: Sequence[str] = ()
) -> tuple[tuple[RoleCount, ...], tuple[Person, ...]]:
    """Return the support roles of so many agents where one person may hold several, and who does.

    Nobody is employed for less than half a person's support: whom it reports to does it.
    A role counts the people in whom it is the largest share. Of the roles in `whole` there is at
    least one whole person each.
    """
    shares = {ratio.role: share_of(agents, ratio) for ratio in ratios}
    asked = {role for role in whole if agents and shares.get(role, 1) < 1}
    if not asked and sum(shares.values()) < WORTH_A_PERSON:
        return tuple(_too_little(agents, ratio, shares[ratio.role], site) for ratio in ratios), ()
    shares |= {role: Decimal(1) for role in asked}
    people = share_out_roles(shares, site=site)
    seats = Counter(person.role for person in people)
    roles = tuple(
        RoleCount(
            ratio.role,
            seats[ratio.role],
            ASKED_FOR
            if ratio.role in asked
            else _reason(agents, ratio, shares[ratio.role], people),
            ratio.parent,
            site,
        )
        for ratio in ratios
    )
    return roles, people


def _too_little(agents: int, ratio: SupportRatio, share: Decimal, site: str) -> RoleCount:
    reason = (
        f"{agents} ÷ {ratio.agents_per:g} = {share} of a person; all support together is less than "
        f"{WORTH_A_PERSON}: a {words(ratio.parent)} does this as well."
    )
    return RoleCount(ratio.role, 0, reason, ratio.parent, site)


def _reason(agents: int, ratio: SupportRatio, share: Decimal, people: Sequence[Person]) -> str:
    """Say the share, who holds the part of it that is no whole person, and with what else."""
    said = f"{agents} ÷ {ratio.agents_per:g} = {share} of a person"
    for person in people:
        held = dict(person.duties)
        if ratio.role not in held:
            continue
        others = [f"{words(role)} {part}" for role, part in person.duties if role != ratio.role]
        part = held[ratio.role]
        if person.role != ratio.role:
            return f"{said}: {part} done by the {words(person.role)}."
        return (
            f"{said}: {part} in one person, who is also {_listed(others)}."
            if others
            else (f"{said}: {part} in one person, who has the rest of the time free.")
        )
    return f"{said}."


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))
