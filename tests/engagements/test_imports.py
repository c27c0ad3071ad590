"""Requirements from YAML files: ours, the bank's real arrivals, and bad ones of many kinds."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.models import Actor
from core.yaml_files import ImportRefused
from engagements.actions import accept_requirements, make_plan, submit_requirements
from engagements.imports import import_requirements
from engagements.models import Client, Engagement, Requirements
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parents[2] / "docs/samples/requirements.yaml"
HEAD = """\
client: {name: Bank, industry: banking, size: large, country: DE, time_zone: Europe/Berlin}
engagement: {code: BK-1, name: Calls, owner: bea@cadre.example}
scope_of_service: Calls about accounts
delivery_countries: [PL]
customer_time_zone: Europe/Berlin
go_live_on: 2027-06-01
lines:
"""
LINE = """\
  - name: Phone
    channel: phone
    language: de
    hours: Mon-Fri 08:00-20:00
    contacts_per_half_hour: 200
    aht_s: 360
"""


@pytest.fixture(autouse=True)
def _owners():
    UserFactory(email="bea@cadre.example")
    UserFactory(email="bizdev@cadre.example")


@pytest.fixture
def imported(tmp_path):
    """Return a function that imports a text as a file."""

    def run(text, **files):
        for name, content in files.items():
            (tmp_path / f"{name}.csv").write_text(content)
        path = tmp_path / "requirements.yaml"
        path.write_text(text)
        return import_requirements(path, by=Actor.objects.of_import(path.name))

    return run


def refused(run, *args, **kwargs):
    with pytest.raises(ImportRefused) as caught:
        run(*args, **kwargs)
    assert not Client.objects.exists()
    return list(caught.value.problems)


def test_sample_becomes_a_draft_with_its_three_lines():
    out = StringIO()

    call_command("import_requirements", SAMPLE, stdout=out)

    row = Requirements.objects.get()
    phone, chat, email = row.lines.all()
    assert out.getvalue().startswith(f"Imported {row}: a draft with 3 lines of business.")
    assert (row.state, row.delivery_countries) == ("draft", ["PL", "ES"])
    assert (phone.name, phone.channel, len(phone.week)) == ("Phone, German", "phone", 120)
    assert phone.volume_source.startswith("phone_german.csv, 120 rows, SHA-256 ")
    assert chat.week[0] == [1, "09:00", 14.0]
    assert (chat.volume_source, chat.concurrency) == ("Zendesk report of October", 2)
    assert (email.contacts_per_half_hour, str(email.shrinkage)) == (9, "0.280")


def test_sample_can_be_planned(actor_as):
    call_command("import_requirements", SAMPLE, stdout=StringIO())
    by = actor_as("BizDev")
    row = Requirements.objects.get()

    plan = make_plan(accept_requirements(submit_requirements(row, by=by), by=by), by=by)

    assert plan.total_seats == plan.seats.count() == 68
    assert plan.engagement.teams.count() == 8


def test_arrivals_become_the_usual_week_of_the_days_of_service(imported):
    days = {"2026-10-05": 10, "2026-10-06": 20, "2026-10-10": 99}  # the last is a Saturday
    rows = [f"{day} 09:{half}0,{count}" for day, count in days.items() for half in (0, 3)]
    text = HEAD + LINE.replace("contacts_per_half_hour: 200", "arrivals: calls.csv")

    row = imported(text, calls="\n".join(["start,calls", *rows]))

    line = row.lines.get()
    assert line.week == [
        *([1, at, 10.0] for at in ("09:00", "09:30")),
        *([2, at, 20.0] for at in ("09:00", "09:30")),
    ]
    assert line.volume_source.endswith("Mean of each half-hour of the week over 2 days.")


def test_scalars_are_what_a_person_would_type(imported):
    """In YAML 1.1 NO would be false."""
    row = imported(HEAD.replace("country: DE", "country: NO") + LINE)

    assert row.engagement.client.country == "NO"
    assert row.lines.get().hours[0] == [1, "08:00", "20:00"]


def test_known_client_and_engagement_get_the_next_version(imported):
    imported(HEAD + LINE)

    row = imported(HEAD.replace("{name: Bank,", "{name: Bank, #\n") + LINE.replace("360", "300"))

    assert (row.version, Client.objects.count(), Engagement.objects.count()) == (2, 1, 1)


def test_file_that_says_the_same_again_is_refused(imported):
    imported(HEAD + LINE)

    with pytest.raises(ImportRefused, match=r"There is nothing to import: .* say the same"):
        imported(HEAD + LINE)

    assert Requirements.objects.count() == 1


def test_client_who_is_known_otherwise_is_not_changed(imported):
    imported(HEAD + LINE)

    with pytest.raises(ImportRefused, match=r"client.size: Bank has “large”. Change it there"):
        imported(HEAD.replace("size: large", "size: small") + LINE)

    assert Client.objects.get().size == "large"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("aht_s: 360", "aht_s: soon", "lines[1].aht_s: Enter a whole number."),
        ("aht_s: 360", "ath_s: 360", "lines[1].ath_s: this key is unknown; did you mean aht_s?"),
        ("country: DE", "country: XX", "client.country: “XX” is not a country"),
        (
            "size: large",
            "size: huge",
            "client.size: write one of small, medium, large, enterprise.",
        ),
        ("channel: phone", "channel: fax", "lines[1].channel: write one of phone, chat"),
        ("go_live_on: 2027-06-01", "go_live_on: soon", "go_live_on: Write a date as 2027-06-01."),
        ("i 08:00-", "i 08:10-", "lines[1].hours: 08:10 is not the start of a half-hour."),
        ("Mon-Fri", "Someday", "lines[1].hours: “someday” is not a weekday"),
        ("bea@", "nobody@", "engagement.owner: “nobody@cadre.example” is not the e-mail of one"),
        ("code: BK-1", "code: bk 1", "engagement.code: Write up to 12 capital letters"),
        ("[PL]", "[PL, ZZ]", "delivery_countries: “ZZ” is not a country"),
        (
            "customer_time_zone: Europe/Berlin",
            "customer_time_zone: Mars",
            "customer_time_zone: “Mars”",
        ),
        ("    contacts_per_half_hour: 200\n", "", "lines[1].contacts_per_half_hour: Say how much"),
        (
            "aht_s: 360",
            "aht_s: 360\n    week: {}",
            "lines[1].week: give either this or contacts",
        ),
        (
            "contacts_per_half_hour: 200",
            "week: {08:15: 3}",
            "lines[1].week: 08:15 is not the",
        ),
        (
            "contacts_per_half_hour: 200",
            "week: {08:00: x}",
            "lines[1].week: “x” at 08:00 is not",
        ),
        (
            "contacts_per_half_hour: 200",
            "arrivals: no.csv",
            "lines[1].arrivals: no.csv can't be read",
        ),
        (
            "aht_s: 360",
            "aht_s: 360\n    skills: [{kind: hard}]",
            "lines[1].skills: A skill needs a",
        ),
        (
            "aht_s: 360",
            "aht_s: 360\n    aht_s: 300",
            "lines[1].aht_s: this key stands twice, in lines 13 and 14.",
        ),
        ("name: Phone", "name: [Phone]", "lines[1].name: write one value, not a list"),
        ("client: {", "client: {{", "requirements.yaml can't be read: in line 1 a key is a list"),
        ("client: {", "client: }{", "requirements.yaml is not YAML:"),
        (
            "scope_of_service:",
            "scope_of_servise:",
            "scope_of_servise: this key is unknown; did you mean scope_of_service?",
        ),
    ],
)
def test_bad_key_gets_a_sentence_with_its_path_and_nothing_is_stored(old, new, sentence, imported):
    text = (HEAD + LINE).replace(old, new, 1)
    assert text != HEAD + LINE

    problems = refused(imported, text)

    assert [each for each in problems if each.startswith(sentence)], problems


def test_every_problem_is_told_at_once(imported):
    text = (HEAD + LINE + LINE).replace("country: DE", "country: XX").replace("360", "0")

    problems = refused(imported, text)

    paths = [problem.partition(": ")[0] for problem in problems]
    assert paths == ["client.country", "lines[1].aht_s", "lines[2].aht_s"]


def test_two_lines_of_one_name_are_refused(imported):
    assert refused(imported, HEAD + LINE + LINE) == ["lines: “Phone” names more than one line."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "requirements.yaml holds no keys: see docs/formats.md."),
        ("- a\n- b\n", "requirements.yaml holds no keys: see docs/formats.md."),
        (HEAD, "lines: write a list of at least one line of business."),
        (HEAD + "  - Phone\n", "lines[1]: write keys and values, as in name: Phone."),
    ],
)
def test_file_of_another_shape_is_refused(text, sentence, imported):
    assert refused(imported, text) == [sentence]


ARRIVALS = """\
start,calls
2026-10-05 09:00,10
2026-10-05 09:30,many
2026-10-05 10:00,12
2026-10-05 10:30,14
2026-10-05 11:00,9
"""


def test_rows_that_cannot_be_used_are_told_one_by_one(imported):
    text = HEAD + LINE.replace("contacts_per_half_hour: 200", "arrivals: calls.csv")

    assert refused(imported, text, calls=ARRIVALS) == [
        "lines[1].arrivals: Row 3: 'many' is not a number of contacts.",
        "lines[1].arrivals: Row 4: 1 interval is missing before 2026-10-05 10:00.",
    ]


def test_rows_that_cannot_be_used_are_left_out_when_the_file_says_so(imported):
    volume = "arrivals: calls.csv\n    skip_bad_rows: yes"

    row = imported(HEAD + LINE.replace("contacts_per_half_hour: 200", volume), calls=ARRIVALS)

    assert row.lines.get().week == [
        [1, "09:00", 10.0],
        [1, "10:00", 12.0],
        [1, "10:30", 14.0],
        [1, "11:00", 9.0],
    ]


def test_command_names_each_problem_and_fails(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(HEAD.replace("DE", "XX") + LINE)

    with pytest.raises(CommandError, match=re.escape("Nothing was imported.\n  client.country: ")):
        call_command("import_requirements", path)
    with pytest.raises(CommandError, match="can't be read: No such file"):
        call_command("import_requirements", tmp_path / "none.yaml")
