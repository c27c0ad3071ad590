"""Success measures: what each is, how it is counted, what misleads, and what a target may be.

Sentences are marked for translation (`_`) and read in English here: `planning` knows no language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Unit = Literal["percent", "seconds", "minutes", "hours", "points", "stars", "nps", "count"]
Direction = Literal["at_least", "at_most"]
Meaning = Literal["mean", "share", "nps"]


def _(text: str) -> str:
    return text


# The least and the most that a value in this unit may be; None where there is no limit.
SCALES: Mapping[str, tuple[int, int | None]] = {
    "percent": (0, 100),
    "seconds": (0, None),
    "minutes": (0, None),
    "hours": (0, None),
    "points": (0, 10),
    "stars": (1, 5),
    "nps": (-100, 100),
    "count": (0, None),
}
# Ten answers to "How likely are you to recommend us, from 0 to 10?", and ten that are 7 or 8.
TEN_ANSWERS = (10, 9, 8, 7, 7, 6, 10, 9, 5, 8)
SEVENS_AND_EIGHTS = (7, 8, 7, 8, 7, 8, 7, 8, 7, 8)


@dataclass(frozen=True)
class Measure:
    """A measure of the library. `target` is None where no source names a usual one."""

    key: str
    name: str
    formula: str
    unit: Unit
    direction: Direction
    pitfall: str
    target: Decimal | None = None
    target_source: str = ""

    @property
    def scale(self) -> tuple[int, int | None]:
        return SCALES[self.unit]


@dataclass(frozen=True)
class Reading:
    """One thing that "NPS above 7 of 10" may mean: how it is then counted, and against what."""

    meaning: Meaning
    formula: str
    unit: Unit
    target: Decimal
    ten_answers: float
    sevens_and_eights: float


LIBRARY: tuple[Measure, ...] = (
    Measure(
        "fcr",
        _("First-contact resolution"),
        _("Contacts without another one on the same issue within 7 days ÷ all contacts"),
        "percent",
        "at_least",
        _("Say whether it is measured by repeated contacts or asked in a survey: they differ."),
    ),
    Measure(
        "service_level",
        _("Service level"),
        _("Contacts answered within 20 seconds ÷ contacts offered"),
        "percent",
        "at_least",
        _("Four formulas have this name. Weight intervals by volume, never average percentages."),
        Decimal(80),
        _("80 % in 20 s, the target most contracts name"),
    ),
    Measure(
        "asa",
        _("Average speed of answer"),
        _("Waiting time of all answered contacts ÷ answered contacts"),
        "seconds",
        "at_most",
        _("Those who hung up are not in it, so that overload makes it look better than it is."),
    ),
    Measure(
        "abandonment",
        _("Abandonment"),
        _("Contacts abandoned after 5 seconds or more ÷ contacts offered"),
        "percent",
        "at_most",
        _("Say from how many seconds on hanging up counts: 5 to 10 are usual."),
    ),
    Measure(
        "aht",
        _("Average handling time"),
        _("(Talk + hold + after-call work) ÷ contacts handled"),
        "seconds",
        "at_most",
        _("In chat say whether it is attended time or the whole span. A low target costs quality."),
    ),
    Measure(
        "occupancy",
        _("Occupancy"),
        _("Handling time ÷ (handling time + time available)"),
        "percent",
        "at_most",
        _("It is not utilisation, which divides by paid time."),
        Decimal(85),
        _("85 %, usual band 82-88 %"),
    ),
    Measure(
        "adherence",
        _("Schedule adherence"),
        _("Minutes in the scheduled activity ÷ minutes scheduled"),
        "percent",
        "at_least",
        _("Conformance is another thing: all minutes worked, whenever, ÷ minutes scheduled."),
    ),
    Measure(
        "csat",
        _("Customer satisfaction"),
        _("Answers of 4 or 5 stars ÷ all answers"),
        "percent",
        "at_least",
        _("Say whether it is this share or the mean, and report the response rate beside it."),
    ),
    Measure(
        "ltr",
        _("Likelihood to recommend"),
        _("Mean of all answers from 0 to 10 to: how likely are you to recommend us?"),
        "points",
        "at_least",
        _("This is no NPS: a mean of 7.5 may be an NPS of 0. Report the NPS beside it."),
        Decimal(7),
        _("“Above 7 out of 10” is this mean, on the scale from 0 to 10"),
    ),
    Measure(
        "nps",
        _("Net promoter score"),
        _("Share of answers 9 or 10 - share of answers 0 to 6, of all answers from 0 to 10"),
        "nps",
        "at_least",
        _("It runs from -100 to 100. With 100 answers it is known to about 13 points only."),
    ),
    Measure(
        "quality",
        _("Quality score"),
        _("Points given ÷ points possible, over all contacts reviewed"),
        "percent",
        "at_least",
        _("Reviewers must agree on what a point is, and the contacts be drawn by chance."),
    ),
    Measure(
        "transfer",
        _("Transfer rate"),
        _("Contacts handed over to another team ÷ contacts handled"),
        "percent",
        "at_most",
        _("Say whether a hand-over to a higher tier counts."),
    ),
    Measure(
        "escalation",
        _("Escalation rate"),
        _("Contacts escalated to a higher tier ÷ contacts handled"),
        "percent",
        "at_most",
        _("A low rate may mean that agents keep what they can't solve."),
    ),
    Measure(
        "response",
        _("First response time"),
        _("Hours of service from arrival to the first answer by a person, mean"),
        "hours",
        "at_most",
        _("An automatic receipt is no answer, and a mean hides the longest waits."),
    ),
    Measure(
        "backlog",
        _("Age of the backlog"),
        _("Hours of service that the oldest open contact has waited"),
        "hours",
        "at_most",
        _("Say whether work that waits for the customer counts."),
    ),
    Measure(
        "attrition",
        _("Attrition"),
        _("People who left ÷ average number of people, in a year"),
        "percent",
        "at_most",
        _("Say whether it is a yearly rate or a chance to leave: 45 % are not the same in both."),
    ),
)
BY_KEY: Mapping[str, Measure] = {measure.key: measure for measure in LIBRARY}


def check_target(unit: str, target: Decimal | float) -> list[str]:
    """Return what is wrong with a target on its unit's scale, in sentences; nothing if possible.

    `unit` is a key of `SCALES`, limits are included. Raises ValueError for an unknown unit and a
    target that is no finite number. Source: the scales of the measures themselves.
    """
    if unit not in SCALES:
        raise ValueError(f"{unit!r} is no unit; units are {', '.join(SCALES)}")
    target = Decimal(str(target))
    if not target.is_finite():
        raise ValueError(f"a target is a finite number, not {target}")
    low, high = SCALES[unit]
    if target >= low and (high is None or target <= high):
        return []
    if high is None:
        return [_("It can't be less than 0.")]
    return [SENTENCES[unit]]


SENTENCES: Mapping[str, str] = {
    "percent": _("A percentage is from 0 to 100."),
    "points": _("This scale is from 0 to 10."),
    "stars": _("This scale is from 1 to 5 stars."),
    "nps": _("An NPS is from -100 to 100."),
}


def asks_what_is_meant(unit: str, target: Decimal | float) -> bool:
    """Say whether a target on an NPS may be one on the scale of its answers, 0 to 10 inclusive."""
    return unit == "nps" and 0 <= target <= 10


def readings_of_nps_7(target: Decimal) -> tuple[Reading, ...]:
    """Return the three things that "NPS above 7 of 10" may mean, for a target from 0 to 10.

    1. the mean of the answers, on their own scale, is above 7: mean = sum/n;
    2. the share of answers of 7 or more; "7 out of 10" then is 70 %, target·10;
    3. a true NPS of 7, on -100..100: legal, but low.

    Each with what the ten answers 10 9 8 7 7 6 10 9 5 8 and ten answers of 7 and 8 give: by the
    mean 7.9 and 7.5, and by NPS 20 and 0. Raises ValueError outside 0..10. Source: Reichheld 2003
    for NPS; the readings are those that the worked example tells apart.
    """
    target = Decimal(target)
    if not 0 <= target <= 10:
        raise ValueError(f"only a target from 0 to 10 may be meant on that scale, not {target}")

    def reading(meaning: Meaning, unit: Unit, aim: Decimal, formula: str) -> Reading:
        def value(answers: Sequence[int]) -> float:
            if meaning == "share":
                return 100 * share_at_least(answers, float(target))
            return nps(answers) if meaning == "nps" else mean_likelihood(answers)

        given = value(TEN_ANSWERS), value(SEVENS_AND_EIGHTS)
        return Reading(meaning, formula, unit, aim, *given)

    return (
        reading("mean", "points", target, BY_KEY["ltr"].formula),
        reading(
            "share",
            "percent",
            target * 10,
            _("Answers of {target} or more ÷ all answers from 0 to 10"),
        ),
        reading("nps", "nps", target, BY_KEY["nps"].formula),
    )


def nps(answers: Sequence[int]) -> float:
    """Return the net promoter score: 100·(number of 9-10 - number of 0-6)/n, from -100 to 100.

    `answers` are whole numbers from 0 to 10, one at least; ValueError otherwise. Source: Reichheld
    2003. The ten answers 10 9 8 7 7 6 10 9 5 8 give 20; answers of 7 and 8 only give 0.
    """
    _check(answers)
    promoters = sum(answer >= 9 for answer in answers)
    detractors = sum(answer <= 6 for answer in answers)
    return 100 * (promoters - detractors) / len(answers)


def mean_likelihood(answers: Sequence[int]) -> float:
    """Return the mean answer, sum/n, from 0 to 10; ValueError as for `nps`."""
    _check(answers)
    return sum(answers) / len(answers)


def share_at_least(answers: Sequence[int], least: float) -> float:
    """Return the share of answers not below `least`, from 0 to 1; ValueError as for `nps`."""
    _check(answers)
    return sum(answer >= least for answer in answers) / len(answers)


def _check(answers: Sequence[int]) -> None:
    if not answers:
        raise ValueError("there are no answers")
    wrong = [each for each in answers if not (0 <= each <= 10 and each == int(each))]
    if wrong:
        raise ValueError(f"answers are whole numbers from 0 to 10, not {wrong[0]}")
