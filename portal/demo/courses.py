"""Every class of the demo, and what became of the people in it."""

from dataclasses import dataclass, field

# Description, days in class, days of nesting, pass mark, months that a certificate lasts.
Teaching = tuple[str, int, int, int, int]
PROGRAMMES: dict[str, Teaching] = {
    "Leading a team": ("Coaching, figures, hard talks, and the team's own work.", 10, 10, 75, 12),
    "Travel desk": (
        "Bookings, changes, insurance, and calls from people who are stuck.",
        18,
        8,
        70,
        8,
    ),
    "Technical support, second line": (
        "Networks, diagnosis, visits, and saying no.",
        20,
        10,
        80,
        12,
    ),
    "Retail banking, German": (
        "Accounts, cards, fraud, secrecy, the bank's tools.",
        12,
        10,
        80,
        12,
    ),
    "Shop and garden, French": ("Orders, returns, and which plant dies of what.", 12, 6, 75, 12),
}


@dataclass(frozen=True)
class Course:
    """A class: when it starts, in days from now, and per opening the outcomes of its people."""

    account: str
    programme: str
    name: str
    trainer: str
    starts: int
    state: str
    places: int = 15
    people: dict[str, dict[str, int]] = field(default_factory=dict)


COURSES = {
    "st-a": Course(
        "ST-1",
        "Travel desk",
        "Málaga A",
        "trainer_2",
        -249,
        "completed",
        people={"st-lead": {"certified": 6}, "st-es": {"certified": 5, "left": 1}},
    ),
    "st-b": Course(
        "ST-1",
        "Travel desk",
        "Málaga B",
        "trainer_2",
        -239,
        "completed",
        people={"st-es": {"certified": 4, "left": 2}, "st-en": {"certified": 6}},
    ),
    "st-c": Course(
        "ST-1",
        "Travel desk",
        "Málaga C",
        "trainer_2",
        -87,
        "completed",
        places=6,
        people={"st-again": {"certified": 2}},
    ),
    "tt-1": Course(
        "TT-1",
        "Technical support, second line",
        "Lisboa 1",
        "trainer",
        -102,
        "completed",
        people={"tt-lead": {"certified": 6}, "tt-tech": {"certified": 6}},
    ),
    "tt-2": Course(
        "TT-1",
        "Technical support, second line",
        "Lisboa 2",
        "trainer",
        -37,
        "running",
        people={
            "tt-tech": {
                "nesting": 6,
                "extended": 1,
                "assessment": 3,
                "failed": 1,
                "withdrawn": 1,
            }
        },
    ),
    "nb-0": Course(
        "NB-1",
        "Leading a team",
        "Kraków leads",
        "trainer_2",
        -65,
        "completed",
        people={"nb-lead": {"certified": 10}},
    ),
    "nb-1": Course(
        "NB-1",
        "Retail banking, German",
        "Kraków 1",
        "trainer",
        -19,
        "running",
        people={
            "nb-phone": {"in_class": 4, "assessment": 2, "withdrawn": 1},
            "nb-chat": {"in_class": 2},
        },
    ),
    "nb-2": Course(
        "NB-1",
        "Retail banking, German",
        "Kraków 2",
        "trainer",
        10,
        "open",
        people={"nb-phone": {"enrolled": 3}, "nb-chat": {"enrolled": 1}},
    ),
    "nb-3": Course("NB-1", "Retail banking, German", "Kraków 3", "trainer_2", 31, "planned"),
    "mv-0": Course("MV-1", "Shop and garden, French", "Lisboa spring", "trainer_2", 3, "cancelled"),
    "mv-1": Course(
        "MV-1",
        "Shop and garden, French",
        "Lisboa A",
        "trainer_2",
        15,
        "open",
        people={"mv-phone": {"enrolled": 2}},
    ),
}
# How many days ago those left who were certified, one after the other.
LEFT = (140, 139, 41)
