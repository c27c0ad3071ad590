"""What the demo's clients asked for: companies, engagements with their dates, lines of business."""

from dataclasses import dataclass, field

WEEKDAYS, SIX_DAYS, EVERY_DAY = [1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7]


@dataclass(frozen=True)
class Company:
    name: str
    legal_name: str
    industry: str
    size: str
    country: str
    zone: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class LineBrief:
    """A line of business; `volume` is a number for the busiest half-hour, or a day's profile."""

    name: str
    channel: str
    language: str
    volume: float | list[list[object]]
    aht_s: int
    days: list[int] = field(default_factory=lambda: WEEKDAYS)
    hours: tuple[int, int] = (8, 20)
    tier: int = 1
    level: str = "C1"
    service: tuple[str, int] = ("0.8", 20)
    concurrency: int = 1
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brief:
    """An engagement: `steps` are days before now, `go_live` days from now."""

    client: str
    name: str
    owner: str
    site: str
    countries: tuple[str, ...]
    zone: str
    created: int
    steps: dict[str, int]
    go_live: int
    scope: str = ""
    deployment: str = ""
    wish: str = "flat"
    submitted: tuple[int, ...] = ()
    accepted: tuple[int, ...] = ()
    lines: tuple[LineBrief, ...] = ()
    next_step: tuple[str, int] = ("", 0)
    lost_reason: str = ""


COMPANIES = {
    "nordwind": Company(
        "Nordwind Bank",
        "Nordwind Bank AG",
        "banking",
        "large",
        "DE",
        "Europe/Berlin",
        ("nordwind", "nordwind_viewer"),
    ),
    "maison": Company(
        "Maison Verte",
        "Maison Verte SAS",
        "home and garden retail",
        "medium",
        "FR",
        "Europe/Paris",
        ("maison",),
    ),
    "solara": Company(
        "Solara Viajes",
        "Solara Viajes S.L.",
        "travel",
        "medium",
        "ES",
        "Europe/Madrid",
        ("solara",),
    ),
    "tidal": Company(
        "Tidal Telecom",
        "Tidal Telecom plc",
        "telecommunications",
        "enterprise",
        "IE",
        "Europe/Dublin",
        ("tidal",),
    ),
    "fjordlys": Company(
        "Fjordlys Energi",
        "Fjordlys Energi AS",
        "energy",
        "large",
        "NO",
        "Europe/Oslo",
        ("fjordlys",),
    ),
    "kiteo": Company(
        "Kiteo Parcels",
        "Kiteo B.V.",
        "parcel delivery",
        "small",
        "NL",
        "Europe/Amsterdam",
        ("kiteo",),
    ),
}


def _bank_day(peak: float) -> list[list[object]]:
    """A bank's day by half-hours from 08:00: a summit in the morning, a lower one after lunch."""
    shape = [0.52, 0.71, 0.88, 0.97, 1.0, 0.98, 0.93, 0.85, 0.78, 0.74, 0.79, 0.86]
    shape += [0.89, 0.87, 0.82, 0.76, 0.69, 0.61, 0.52, 0.44, 0.37, 0.3, 0.24, 0.18]
    return [
        [f"{8 + slot // 2:02}:{30 * (slot % 2):02}", round(peak * share, 1)]
        for slot, share in enumerate(shape)
    ]


BRIEFS = {
    "NB-1": Brief(
        client="nordwind",
        name="German customer care, Kraków",
        owner="bizdev",
        site="krakow",
        countries=("PL",),
        zone="Europe/Berlin",
        created=176,
        steps={"scope": 168, "plan": 147, "propose": 140, "agree": 121, "recruit": 116},
        go_live=62,
        scope="First and second contact of retail customers: accounts, cards, online banking and "
        "app. Complaints are noted and passed on to Hamburg. No advice on investments.",
        deployment="Genesys Cloud for phone and chat, Salesforce Service Cloud, a knowledge base "
        "of 1,400 articles in German.",
        wish="hierarchical",
        submitted=(162, 152),
        accepted=(158, 149),
        lines=(
            LineBrief(
                "Phone German",
                "phone",
                "de",
                _bank_day(62),
                320,
                SIX_DAYS,
                skills=("German", "Customer care", "Banking"),
            ),
            LineBrief(
                "Chat German",
                "chat",
                "de",
                36,
                420,
                EVERY_DAY,
                (8, 22),
                service=("0.85", 40),
                concurrency=2,
                skills=("German", "Typing"),
            ),
        ),
        next_step=("Weekly review of the shortlist with Nordwind", 3),
    ),
    "NB-2": Brief(
        client="nordwind",
        name="Card services, evenings and weekends",
        owner="bizdev",
        site="krakow",
        countries=("PL",),
        zone="Europe/Berlin",
        created=96,
        steps={"scope": 91, "plan": 76, "propose": 69, "agree": 11},
        go_live=118,
        scope="Blocking and replacing cards, disputes of payments, outside branch hours.",
        deployment="As in German customer care, Kraków.",
        submitted=(82,),
        accepted=(79,),
        lines=(
            LineBrief(
                "Card line German", "phone", "de", 15, 340, EVERY_DAY, (18, 23), skills=("German",)
            ),
        ),
        next_step=("Countersignature of the contract by Nordwind", 4),
    ),
    "NB-3": Brief(
        client="nordwind",
        name="Merchant support in English",
        owner="bizdev_2",
        site="lisbon",
        countries=("PT",),
        zone="Europe/Berlin",
        created=52,
        steps={"scope": 47, "plan": 33, "propose": 27},
        go_live=152,
        scope="Merchants' questions on terminals, settlement and chargebacks, by e-mail.",
        submitted=(40,),
        accepted=(36,),
        lines=(
            LineBrief("Merchant e-mail", "email", "en", 17, 420, skills=("English", "Writing")),
        ),
        next_step=("Call Claudia Petersen about the second version", 2),
    ),
    "MV-1": Brief(
        client="maison",
        name="French customer care, Lisbon",
        owner="bizdev_2",
        site="lisbon",
        countries=("PT", "FR"),
        zone="Europe/Paris",
        created=112,
        steps={"scope": 106, "plan": 92, "propose": 86, "agree": 64, "recruit": 58},
        go_live=96,
        scope="Orders, deliveries and returns of the online shop; advice on garden products.",
        deployment="Zendesk, Shopify Plus. Volumes double from March to May.",
        submitted=(99,),
        accepted=(95,),
        lines=(
            LineBrief(
                "Phone French", "phone", "fr", 24, 300, SIX_DAYS, (9, 19), skills=("French",)
            ),
            LineBrief("E-mail French", "email", "fr", 10, 360, skills=("French", "Writing")),
        ),
        next_step=("Agree on the interview slots of the spring team", 6),
    ),
    "ST-1": Brief(
        client="solara",
        name="Travel desk, Málaga",
        owner="bizdev",
        site="malaga",
        countries=("ES",),
        zone="Europe/Madrid",
        created=363,
        steps={
            "scope": 357,
            "plan": 343,
            "propose": 337,
            "agree": 319,
            "recruit": 313,
            "train": 250,
            "go_live": 190,
        },
        go_live=-190,
        scope="Bookings, changes and help on the way, in Spanish and English.",
        deployment="Amadeus, Talkdesk.",
        submitted=(350,),
        accepted=(346,),
        lines=(
            LineBrief("Phone Spanish", "phone", "es", 31, 290, EVERY_DAY, skills=("Spanish",)),
            LineBrief("Phone English", "phone", "en", 11, 310, EVERY_DAY, skills=("English",)),
        ),
        next_step=("Quarterly review with Solara", 21),
    ),
    "TT-1": Brief(
        client="tidal",
        name="Technical support, Lisbon",
        owner="bizdev",
        site="lisbon",
        countries=("PT",),
        zone="Europe/Dublin",
        created=252,
        steps={
            "scope": 246,
            "plan": 232,
            "propose": 225,
            "agree": 200,
            "recruit": 194,
            "train": 103,
        },
        go_live=56,
        scope="Second-line help with broadband and mobile: diagnosis, visits, replacement.",
        deployment="Five9, ServiceNow, the network's own diagnosis tool.",
        submitted=(238,),
        accepted=(234,),
        lines=(
            LineBrief(
                "Phone technical",
                "phone",
                "en",
                20,
                520,
                EVERY_DAY,
                tier=2,
                service=("0.75", 30),
                skills=("English", "Technical support"),
            ),
            LineBrief(
                "Chat technical",
                "chat",
                "en",
                9,
                600,
                EVERY_DAY,
                tier=2,
                concurrency=2,
                skills=("English", "Technical support", "Typing"),
            ),
        ),
        next_step=("Sign-off of the emergency routing by Tidal", 8),
    ),
    "FE-1": Brief(
        client="fjordlys",
        name="Norwegian winter line",
        owner="bizdev_2",
        site="krakow",
        countries=("PL", "NO"),
        zone="Europe/Oslo",
        created=44,
        steps={"scope": 39, "plan": 13},
        go_live=131,
        scope="Meter readings, invoices, moving house, outages. Calls triple in a cold week.",
        submitted=(24,),
        accepted=(17,),
        lines=(LineBrief("Phone Norwegian", "phone", "nb", 27, 380, skills=("Norwegian Bokmål",)),),
        next_step=("Finish the proposal, with the winter peak explained", 2),
    ),
    "KT-1": Brief(
        client="kiteo",
        name="Parcel questions, Dutch and English",
        owner="bizdev",
        site="",
        countries=("PT", "ES"),
        zone="Europe/Amsterdam",
        created=21,
        steps={"scope": 17},
        go_live=165,
        scope="Where is my parcel: chat and e-mail, seven days, from the week of launch.",
        submitted=(3,),
        lines=(
            LineBrief(
                "Chat Dutch", "chat", "nl", 18, 300, EVERY_DAY, (8, 22), level="B2", concurrency=3
            ),
            LineBrief("E-mail English", "email", "en", 9, 240, EVERY_DAY, level="B2"),
        ),
        next_step=("Check the volumes, then accept the requirements", 1),
    ),
    "MV-2": Brief(
        client="maison",
        name="Marketplace sellers",
        owner="bizdev_2",
        site="",
        countries=("FR",),
        zone="Europe/Paris",
        created=6,
        steps={},
        go_live=205,
        next_step=("First call with Camille Laurent", 2),
    ),
}
