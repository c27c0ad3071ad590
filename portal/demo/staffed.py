"""How the seats of a pattern are filled: openings, who applied for them, and classes."""

from collections.abc import Iterator
from itertools import islice

from portal.demo.courses import Course
from portal.demo.engagements import Account
from portal.demo.openings import LEAD, Opening
from portal.demo.patterns import WAY, Pattern
from portal.demo.tale import Tale

IN_A_CLASS, WEEK = 15, 7
# Where those are who were not hired, of a hundred: while it is open, and once it is filled.
STILL_OPEN = {
    "sourced": 5,
    "applied": 8,
    "screening": 6,
    "assessment": 3,
    "interview": 4,
    "client_review": 2,
    "on_hold": 2,
    "withdrawn": 9,
}
FILLED = {"withdrawn": 13}
OFFERS = ["sent", "declined", "in_approval", "sent", "approved", "expired", "draft", "rescinded"]
LEFT_AGAIN = 10  # one of so many who are at work leaves, and is replaced
LEADS_DRAW = 0.5  # as many applications for each seat as an agent's seat draws


def staff(tale: Tale, pattern: Pattern, account: Account) -> None:
    """Add openings and classes, now that it is known how many seats there are to be filled."""
    if "recruit" in pattern.steps:
        Staffing(tale, pattern, account).add()


class Staffing:
    """Adds to a tale what one pattern says of its openings and its classes."""

    def __init__(self, tale: Tale, pattern: Pattern, account: Account) -> None:
        self.tale, self.pattern = tale, pattern
        self.agents = sum(seat.role == "agent" for seat in account.seats)
        self.others = len(account.seats) - self.agents
        self.is_done = pattern.state in {"training", "live", "closed"}
        # How many days ago the first class began; negative while it is to come.
        self.began = pattern.steps.get("train", pattern.age - WAY["train"])
        # All classes of a team begin within four weeks, a week apart where they are few.
        classes = -(-len(account.seats) // IN_A_CLASS)
        self.apart = max(1, min(WEEK, 4 * WEEK // max(classes, 1)))

    def add(self) -> None:
        agents = self._agents()
        lead, again = f"{self.pattern.code}-lead", f"{self.pattern.code}-again"
        seats = ({lead: self.others} if self.others else {}) | agents
        left = self._teach(seats) if self.is_done else {}
        rest = self.pattern.applications
        drawn = {again: rest // 10} if left else {}
        if self.others:
            others = LEADS_DRAW * self.others
            drawn[lead] = round((rest - sum(drawn.values())) * others / (others + self.agents))
        shares = evenly(rest - sum(drawn.values()), len(agents))
        drawn |= dict(zip(agents, shares, strict=True))
        for key, n in seats.items():
            self.tale.openings[key] = self._opening(key, n, drawn[key])
        if left:
            self._replace(left, drawn[again])
        if self.pattern.state == "recruiting":
            self._plan_class()

    def _agents(self) -> dict[str, int]:
        """Divide the agents' seats among as many openings as their applications fill."""
        count = round(self.pattern.applications / self.pattern.requisition_of)
        parts = evenly(self.agents, max(1, min(count, self.agents)))
        return {f"{self.pattern.code}-{number}": n for number, n in enumerate(parts, start=1)}

    def _opening(self, key: str, seats: int, drawn: int) -> Opening:
        pattern, is_lead = self.pattern, key.endswith("-lead")
        asked = pattern.steps["recruit"]
        steps = {"submit": max(asked - 1, 4), "approve": max(asked - 3, 3)}
        hired = seats
        if self.is_done:
            steps["fill"] = max(self.began + WEEK, 2)
            if pattern.state != "training":
                steps["close"] = self.began - 5 * WEEK
        else:
            hired = min(round(seats * 0.3), drawn // 4)
        if "hold" in pattern.steps:
            steps["hold"] = pattern.steps["hold"]
        offers = self._offers(seats, hired, drawn)
        rest = drawn - hired - sum(offers.values())
        people = funnel(rest, is_open="fill" not in steps, has_assessment=not is_lead)
        if "hold" in steps:
            # With the requisition, everybody who was still on the way was put on hold.
            gone = {state: n for state, n in people.items() if state in {"rejected", "withdrawn"}}
            people = gone | {"on_hold": rest - sum(gone.values())}
        return self._asked(
            key,
            seats,
            steps,
            people,
            offers,
            waiting=0 if self.is_done else hired,
            hired_within=max(asked - 20, 7),
            is_lead=is_lead,
        )

    def _asked(
        self,
        key: str,
        seats: int,
        steps: dict[str, int],
        people: dict[str, int],
        offers: dict[str, int],
        *,
        waiting: int = 0,
        hired_within: int = 7,
        is_lead: bool = False,
        backfills: tuple[str, ...] = (),
    ) -> Opening:
        pattern = self.pattern
        what = "Team leads and support" if is_lead else "Customer care agents"
        low, high = pattern.salary
        return Opening(
            pattern.code,
            f"{pattern.code}-{'lead' if is_lead else 'agent'}",
            f"{what}, {pattern.spoken}{', backfill' if backfills else ''}",
            pattern.region,
            steps,
            -self.began if steps.get("fill") else max(25, -self.began),
            people,
            offers,
            waiting=waiting,
            hired_within=hired_within,
            role=LEAD if is_lead else "agent",
            line="" if is_lead or backfills else pattern.line,
            seats=seats,
            backfills=backfills,
            recruiter=pattern.recruiter,
            vendors=pattern.vendors,
            place=(pattern.where.country, pattern.where.city),
            salary=(low + 400, high + 800) if is_lead else pattern.salary,
            has_assessment=not is_lead,
        )

    def _offers(self, seats: int, hired: int, drawn: int) -> dict[str, int]:
        """Offers that wait while seats are free; in a filled opening some came to nothing."""
        most = drawn // 8
        if self.is_done:
            found = {"declined": hired // 6, "expired": hired // 15, "rescinded": hired // 25}
            return {state: min(n, most // 3) for state, n in found.items()}
        if "hold" in self.pattern.steps:
            return {}
        names = OFFERS[: min(max(seats - hired, 0), most, len(OFFERS))]
        return {name: names.count(name) for name in names}

    def _teach(self, seats: dict[str, int]) -> dict[str, int]:
        """Put everybody into classes, and return how many of each opening left again."""
        people: Iterator[str] = (key for key, n in seats.items() for _ in range(n))
        left: dict[str, int] = {}
        number = 0
        while group := list(islice(people, IN_A_CLASS)):
            starts = self.began - self.apart * number
            number += 1
            key = f"{self.pattern.code}-class-{number}"
            members = {each: group.count(each) for each in dict.fromkeys(group)}
            course = self._course(number, starts, members)
            self.tale.courses[key] = course
            for each, outcomes in course.people.items():
                left[each] = left.get(each, 0) + outcomes.get("left", 0)
        self.tale.left += tuple(self._days(sum(left.values())))
        return {key: n for key, n in left.items() if n and self.pattern.state == "live"}

    def _course(self, number: int, starts: int, members: dict[str, int]) -> Course:
        pattern = self.pattern
        _, days, nesting, *_ = self.tale.programmes[pattern.programme]
        certified, nests = starts > (days + nesting) * 1.4 + 4, starts > days * 1.4 + 3
        state = "completed" if certified else "running" if starts > 0 else "open"
        if certified:
            outcomes = {key: self._certified(key, n) for key, n in members.items()}
        elif nests:
            outcomes = {key: _nesting(n) for key, n in members.items()}
        else:
            word = "in_class" if starts > 0 else "enrolled"
            outcomes = {key: {word: n} for key, n in members.items()}
        return self._class(number, starts, state, outcomes)

    def _class(
        self, number: int, starts: int, state: str, people: dict[str, dict[str, int]]
    ) -> Course:
        pattern = self.pattern
        return Course(
            pattern.code,
            pattern.programme,
            f"{pattern.where.city} {pattern.code} {number}",
            pattern.trainer,
            -starts,
            state,
            IN_A_CLASS,
            people,
        )

    def _plan_class(self) -> None:
        """Plan the first class for those who are still to be found."""
        starts = min(self.began, -10)
        self.tale.courses[f"{self.pattern.code}-class-1"] = self._class(1, starts, "planned", {})

    def _certified(self, key: str, count: int) -> dict[str, int]:
        if self.pattern.state == "closed":
            return {"left": count}
        is_long_live = self.pattern.steps.get("go_live", 0) > 60
        left = count // LEFT_AGAIN if is_long_live and not key.endswith("-lead") else 0
        return {"certified": count - left, "left": left}

    def _days(self, count: int) -> list[int]:
        """Say how many days ago they left: when all was closed, or spread over the time at work."""
        if self.pattern.state == "closed":
            return [self.pattern.steps["close"] + 4] * count
        longest = self.pattern.steps.get("go_live", 0) - 15
        return [longest - (longest - 32) * each // max(count, 1) for each in range(count)]

    def _replace(self, left: dict[str, int], drawn: int) -> None:
        key = f"{self.pattern.code}-again"
        steps = {"submit": 20, "approve": 18}
        people = funnel(drawn, is_open=True)
        again = self._asked(key, sum(left.values()), steps, people, {}, backfills=tuple(left))
        self.tale.openings[key] = again


def _nesting(count: int) -> dict[str, int]:
    """Of those who nest one or two take longer, and one is not through the test."""
    if count < 5:
        return {"nesting": count}
    return {"nesting": count - 3, "extended": 1, "assessment": 1, "withdrawn": 1}


def evenly(total: int, parts: int) -> list[int]:
    """Divide a number into parts that differ by one at most."""
    return [total // parts + (number < total % parts) for number in range(parts)]


def funnel(total: int, *, is_open: bool, has_assessment: bool = True) -> dict[str, int]:
    """Say where so many are who got no offer. Most of them were rejected, early."""
    shares = dict(STILL_OPEN if is_open else FILLED)
    if not has_assessment:
        shares.pop("assessment", 0)
    found = {state: total * share // 100 for state, share in shares.items()}
    return found | {"rejected": total - sum(found.values())}
