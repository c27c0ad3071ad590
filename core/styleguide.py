"""What /styleguide/ shows. All of it is fiction."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone

from core import charts
from core.lists.columns import Column
from core.lists.filters import Chip
from core.lists.pages import cells

STATES = [("open", "Open"), ("live", "Live"), ("on_hold", "On hold"), ("withdrawn", "Withdrawn")]
STAGES = ["Screening", "Interview", "Client review", "Offer", "Training", "Live"]
PLACES = [
    ("Nordwind Bank", "Phone, German, Kraków", [40, 18, 9, 6, 22, 26], 69, "bad", "8 days late"),
    ("Kestrel Air", "Phone, English, Manila", [12, 6, 2, 4, 30, 82], 120, "warn", "tight"),
    ("Lumen Energy", "E-mail, Spanish, Málaga", [0, 0, 0, 0, 6, 18], 24, "good", "on time"),
]
CONTACTS = [
    22,
    31,
    58,
    96,
    141,
    178,
    200,
    193,
    166,
    150,
    148,
    160,
    171,
    163,
    139,
    108,
    84,
    61,
    40,
    27,
]
STAFFED = [9, 11, 17, 25, 35, 42, 46, 45, 40, 37, 37, 39, 41, 39, 34, 28, 23, 18, 13, 10]


class CandidateForm(forms.Form):
    name = forms.CharField(max_length=80)
    email = forms.EmailField(help_text="The interview link goes there.")
    language = forms.ChoiceField(choices=[("de", "German"), ("es", "Spanish")])
    starts_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), required=False)
    verdict = forms.ChoiceField(
        choices=[("approve", "Approve"), ("change", "Change"), ("ask", "Ask")],
        widget=forms.RadioSelect(attrs={"class": "choice"}),
    )
    shifts = forms.MultipleChoiceField(
        choices=[("early", "Early"), ("late", "Late"), ("night", "Night")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    cv = forms.FileField(label="CV", help_text="PDF or Word, up to 10 MB.", required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    consent = forms.BooleanField(label="She agrees that we keep her data for 12 months.")


class ListForm(forms.Form):
    q = forms.CharField(
        label="Name", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    source = forms.ChoiceField(
        choices=[("", "Any"), ("form", "Careers page"), ("vendor", "Vendor")]
    )
    must_haves = forms.BooleanField(label="Meets all must-haves", required=False)


def samples() -> dict[str, Any]:
    now = timezone.now()
    today = timezone.localdate(now)
    return {
        "stages": STAGES,
        "engagements": _engagements(),
        "subject": SimpleNamespace(
            pk=14,
            state="on_hold",
            get_state_display=lambda: "On hold",
            _meta=SimpleNamespace(model_name="sample"),
        ),
        "states": [_state(*pair) for pair in STATES],
        "offered": _offered(),
        "lines": _lines(now),
        "items": _items(today),
        "team": _team(),
        "milestones": _milestones(today),
        "why": {
            "inputs": {
                "Contacts in 30 min": 200,
                "Handling time": "6 min",
                "Answered": "80 % in 20 s",
            },
            "formula": "smallest n with 1 - C(n, 40) e^(-(n - 40) 20/360) >= 0.80",
            "version": "Erlang C, 1",
            "url": "#figures",
        },
        "price": [("Agent, phone", 48, Decimal(2980)), ("Agent, chat", 21, Decimal("2860.50"))],
        "form": CandidateForm(),
        "wrong_form": _wrong_form(),
        "list_sample": _list(now),
        "long_ago": now - timedelta(days=3),
        "due_soon": today + timedelta(days=1),
        "overdue": today - timedelta(days=2),
        **_charts(),
    }


def _list(now: datetime) -> Any:
    """Return what `core/_list.html` asks of a list, made up."""
    columns = [
        Column("name", "Name", sort="name", link=True),
        Column("state", "State", state=True),
        Column("asked", "Asked", sort="asked"),
        Column("score", "Score", css="num"),
    ]
    people = [("Ana Prus", "live", 82), ("Jan Kos", "on_hold", 74), ("Mia Lind", "rejected", 41)]
    rows, values = [], []
    for pk, (name, state, score) in enumerate(people, start=1):
        row = _state(state, state.replace("_", " "))
        row.pk, row.get_absolute_url, row.asked = pk, "#lists", now - timedelta(days=pk)
        rows.append(row)
        values.append([name, "", row.asked, score])
    view = SimpleNamespace(pk=1, owner_id=None, get_absolute_url="#lists")
    chips = [(Chip("From", "Vendor", ["source"]), "#lists"), (Chip("Mine", "", ["mine"]), "#lists")]
    return SimpleNamespace(
        listing=SimpleNamespace(key="sample", title="Candidates", parent=None),
        form=ListForm({"q": "", "source": "vendor"}, auto_id="sample-%s"),
        folded={"must_haves"},
        folded_in_use=False,
        chips=chips,
        count_text="137",
        columns=columns,
        lines=list(zip(rows, cells(columns, values), strict=True)),
        bulk=[("advance", "Move to the next stage"), ("reject", "Reject")],
        views=[view],
        view_links=[("Waiting for long", "#lists")],
        previous_url="",
        next_url="#lists",
        start=1,
        end=3,
        may_keep=True,
        may_share=True,
        column_choices=[(column, True) for column in columns[1:]],
        exports=[("CSV", "#lists"), ("XLSX", "#lists")],
    )


def _state(state: str, label: str) -> Any:
    return SimpleNamespace(state=state, get_state_display=lambda: label)


def _engagements() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "scope": scope,
            "parts": list(zip(STAGES, numbers, strict=True)),
            "live": numbers[-1],
            "seats": seats,
            "tone": tone,
            "verdict": verdict,
        }
        for name, scope, numbers, seats, tone, verdict in PLACES
    ]


def _offered() -> list[dict[str, Any]]:
    plain = {"url": "#steps", "asks": False, "main": False, "danger": False, "blockers": []}
    blockers = [
        {"reason": "2 of 14 certificates expire before go-live", "clears": "Ana", "url": "#steps"},
        {"reason": "The contract lacks the client's signature", "clears": "M. Hansen"},
    ]
    return [
        {**plain, "name": "certify", "label": "Certify", "main": True},
        {**plain, "name": "extend", "label": "Extend", "asks": True},
        {**plain, "name": "fail", "label": "Fail", "asks": True, "danger": True},
        {**plain, "name": "go_live", "label": "Go live", "blockers": blockers},
    ]


def _lines(now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "at": now - timedelta(hours=2),
            "step_label": "Hold",
            "source_label": "Nesting",
            "target_label": "On hold",
            "by": "Ewa Nowak",
            "note": "The client's system is down until Thursday.",
        },
        {
            "at": now - timedelta(days=9),
            "step_label": "Start nesting",
            "source_label": "Training",
            "target_label": "Nesting",
            "by": "Piotr Zając",
            "note": "",
        },
    ]


def _items(today: date) -> list[dict[str, Any]]:
    rows = [
        ("Approve an offer above the band", "Nordwind · K-2041", today - timedelta(days=1)),
        ("Confirm 6 proposed rejections", "Fable · must-have not met", today + timedelta(days=2)),
        ("Requisition for 12 seats", "Kestrel · needs 1 of 2 approvals", None),
    ]
    return [{"label": label, "url": "#todo", "note": note, "due": due} for label, note, due in rows]


def _team() -> list[dict[str, Any]]:
    agents = [{"label": "Agents, phone", "count": 48}, {"label": "Agents, chat", "count": 21}]
    shared = [("Quality", 3), ("Trainers", 3), ("Planning", 2)]
    below: list[dict[str, Any]] = [{"label": "Team leads", "count": 6, "children": agents}]
    below += [{"label": label, "count": count} for label, count in shared]
    return [{"label": "Manager", "count": 1, "note": "Kraków", "children": below}]


def _milestones(today: date) -> list[dict[str, Any]]:
    rows: list[tuple[str, int, str, str, list[str]]] = [
        ("Criteria agreed", -30, "done", "", []),
        ("Team full", -2, "late", "21 seats open", []),
        ("Class 3 begins", 5, "now", "", ["11 of 15 enrolled", "Room 2"]),
        ("Go-live", 40, "", "your turn", []),
    ]
    return [
        {
            "label": label,
            "on": today + timedelta(days=days),
            "state": state,
            "note": note,
            "children": children,
        }
        for label, days, state, note, children in rows
    ]


def _wrong_form() -> CandidateForm:
    form = CandidateForm({"name": "", "email": "ilse@", "language": "de", "starts_on": "31.02."})
    form.full_clean()
    form.add_error(None, "There is already a candidate with this name and birthday: K-2041.")
    return form


def _charts() -> dict[str, Any]:
    hours = [f"{8 + half // 2:02}:{half % 2 * 30:02}" for half in range(len(CONTACTS))]
    weeks = [f"Week {week}" for week in range(1, 9)]
    parts = ["Planned", "Reserved", "In training", "Live"]
    seats = [
        (week, [63 - 8 * at, 5 + at, 7 * min(at, 4), 7 * max(at - 4, 0)])
        for at, week in enumerate(weeks)
    ]
    p50, p80 = [4, 9, 17, 28, 41, 55, 64, 69], [2, 6, 12, 20, 31, 43, 54, 62]
    return {
        "arrivals": charts.bars(
            list(zip(hours, CONTACTS, strict=True)),
            line=[4 * staffed for staffed in STAFFED],
            label="Contacts by half-hour, 200 in the busiest at 11:00, and those staffed for",
        ),
        "arrival_rows": list(zip(hours, CONTACTS, STAFFED, strict=True)),
        "arrival_columns": ["Half-hour", "Contacts", "Agents"],
        "parts": parts,
        "seat_columns": ["Week", *parts],
        "forecast_columns": ["Week", "P50", "P80"],
        "seats": charts.stacked(seats, parts=parts, label="Seats by state over 8 weeks"),
        "seat_rows": [(week, *numbers) for week, numbers in seats],
        "forecast": charts.lines(weeks, [p50, p80], label="Seats filled: likely, and nearly sure"),
        "forecast_rows": list(zip(weeks, p50, p80, strict=True)),
    }
