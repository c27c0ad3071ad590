import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engagements.forms import LineForm
from tests.factories.engagements import LineOfBusinessFactory, RequirementsFactory

pytestmark = pytest.mark.django_db
DATA = {
    "name": "Phone",
    "channel": "phone",
    "language": "de",
    "language_level": "C1",
    "tier": "1",
    "concurrency": "1",
    "hours": "Mon, Tue 08:00-24:00",
    "contacts_per_half_hour": "20",
    "week": "",
    "volume_source": "",
    "aht_s": "360",
    "service_level": "0.8",
    "threshold_s": "20",
    "max_occupancy": "0.85",
    "shrinkage": "0.3",
    "service_level_of": "offered",
    "weekly_paid_hours": "40",
    "slowdown": "0.2",
    "skills": "SAP; hard; good\nPatience; soft",
}


def form_of(change=None, upload=None, instance=None):
    files = {"arrivals": SimpleUploadedFile("calls.csv", upload)} if upload is not None else {}
    requirements = instance.requirements if instance else RequirementsFactory()
    return LineForm(requirements, {**DATA, **(change or {})}, files, instance=instance)


def test_line_as_it_is_typed():
    line = form_of().save()

    assert line.hours == [[1, "08:00", "00:00"], [2, "08:00", "00:00"]]
    assert line.skills == [
        {"name": "SAP", "kind": "hard", "level": "good", "evidence": "", "uri": ""},
        {"name": "Patience", "kind": "soft", "level": "good", "evidence": "", "uri": ""},
    ]
    assert (line.contacts_per_half_hour, line.week) == (20, None)


def test_new_line_begins_with_usual_hours():
    form = LineForm(RequirementsFactory())

    assert form["hours"].value() == "Mon-Fri 08:00-20:00"


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("every day 00:00-24:00", [[day, "00:00", "00:00"] for day in range(1, 8)], None),
        ("Sat 10:00-14:00", [[6, "10:00", "14:00"]], None),
        ("monday to Wednesday 9:00 to 17:30", [[d, "09:00", "17:30"] for d in (1, 2, 3)], None),
        (
            "Sat and Sun: 08:00-12:00, 13:00-17:00",
            [[d, *w] for d in (6, 7) for w in (("08:00", "12:00"), ("13:00", "17:00"))],
            "Sat, Sun 08:00-12:00\nSat, Sun 13:00-17:00",
        ),
        ("Sun-Mon 22:00-06:00", [[1, "22:00", "06:00"], [7, "22:00", "06:00"]], None),
    ],
)
def test_hours_are_read_as_people_write_them_and_come_back_so(typed, stored, shown):
    line = form_of({"hours": typed}).save()

    assert line.hours == stored
    again = LineForm(line.requirements, instance=line)["hours"].value()
    assert again == (shown or again)
    assert form_of({"hours": again}).save().hours == stored


def test_week_is_typed_a_line_for_each_half_hour():
    typed = "9:30 12.5\n08:00;3\nTue 8:00 7\n"
    line = form_of({"contacts_per_half_hour": "", "week": typed}).save()

    assert line.week == [
        [1, "08:00", 3.0],
        [1, "09:30", 12.5],
        [2, "08:00", 7.0],  # that day only, in place of each day's
        [2, "09:30", 12.5],
    ]
    again = LineForm(line.requirements, instance=line)["week"].value()
    assert again.splitlines()[0] == "Mon 08:00 3"


def test_number_typed_anew_loses_the_source_of_the_earlier_one():
    line = LineOfBusinessFactory(contacts_per_half_hour=5, volume_source="calls.csv")

    assert form_of({"volume_source": "calls.csv"}, instance=line).save().volume_source == ""


def test_source_stays_while_the_number_does():
    line = LineOfBusinessFactory(contacts_per_half_hour=20, volume_source="Report")

    assert form_of({"volume_source": "Report"}, instance=line).save().volume_source == "Report"


def test_number_typed_anew_takes_the_place_of_a_week():
    line = LineOfBusinessFactory(contacts_per_half_hour=None, week=[[1, "08:00", 3.0]])

    saved = form_of({"week": "Mon 08:00 3"}, instance=line).save()

    assert (saved.contacts_per_half_hour, saved.week) == (20, None)


def test_week_that_nobody_changed_comes_back_to_the_last_decimal():
    week = [[1, "08:00", 1925.4839], [1, "08:30", 0.0001]]
    line = LineOfBusinessFactory(contacts_per_half_hour=None, week=week, volume_source="calls.csv")
    typed = LineForm(line.requirements, instance=line)["week"].value()
    change = {"contacts_per_half_hour": "", "week": typed, "volume_source": "calls.csv"}

    saved = form_of(change, instance=line).save()

    assert (saved.week, saved.volume_source) == (week, "calls.csv")


@pytest.mark.parametrize(
    ("change", "upload", "field", "sentence"),
    [
        ({"contacts_per_half_hour": ""}, None, "contacts_per_half_hour", "Say how much comes in"),
        ({"week": "08:00 1"}, None, "contacts_per_half_hour", "Give either this"),
        ({"week": "08:00"}, None, "week", "“08:00” is not a time and a number."),
        ({"week": "08:00 1\n8:00 2"}, None, "week", "The half-hour at 8:00 stands twice."),
        ({"week": "25:00 1"}, None, "week", "“25:00” is not a time like 08:30."),
        ({"week": "08:00 -1"}, None, "week", "“-1” at 08:00 is not a possible number"),
        ({"week": "Someday 08:00 1"}, None, "week", "“someday” is not a weekday like Mon."),
        ({"hours": ""}, None, "hours", "This field is required."),
        ({"hours": "8 to 5"}, None, "hours", "“8 to 5” is not like Mon-Fri 08:00-20:00."),
        ({"hours": "Mon 08:00"}, None, "hours", "“08:00” is not like 08:00-20:00."),
        ({"hours": "Mo-Fx 08:00-9:00"}, None, "hours", "“fx” is not a weekday like Mon."),
        ({"hours": "Mon 08:10-09:00"}, None, "hours", "08:10 is not the start of a half-hour."),
        ({"deadline_h": "8"}, None, "deadline_h", "Only work that may wait has one"),
        ({"patience_s": "0"}, None, "patience_s", "Ensure this value is greater than or equal"),
        ({"volume_cv": "9"}, None, "volume_cv", "Ensure this value is less than or equal to 2"),
        ({"service_level": "1"}, None, "service_level", "Ensure this value is less than"),
        ({"aht_s": "0"}, None, "aht_s", "Ensure this value is greater than or equal to 1."),
        ({"concurrency": "3"}, None, "concurrency", "An agent holds one call at a time."),
        ({"language": "xx"}, None, "language", "“xx” is not a language"),
        ({"skills": "SAP; firm"}, None, "skills", "The kind of SAP is hard or soft, not “firm”."),
        ({"skills": "; hard"}, None, "skills", "A skill needs a name."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(change, upload, field, sentence):
    form = form_of(change, upload)

    assert list(form.errors) == [field]
    assert form.errors[field][0].startswith(sentence)


FILE_ONLY = {"contacts_per_half_hour": ""}


@pytest.mark.parametrize(
    ("change", "upload", "field", "sentence"),
    [
        ({}, b"\xff\xfe\x00", "arrivals", "calls.csv is not a text file in UTF-8."),
        ({}, b"when,calls\n1,2\n", "arrivals", "The header needs a column named timestamp"),
        ({}, b"1,2\n3,4\n", "arrivals", "The header needs a column named timestamp"),
        ({}, b"start,calls\n", "arrivals", "The file needs a header and at least one row."),
        ({}, b"", "arrivals", "The submitted file is empty."),
        ({}, b"start,calls\n2026-10-07 09:00,1\n", "arrivals", "The arrivals hold no complete"),
        ({"file_zone": "Mars"}, b"start,calls\n", "file_zone", "“Mars” is not a time zone"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(change, upload, field, sentence):
    form = form_of(FILE_ONLY | change, upload)

    assert list(form.errors) == [field]
    assert form.errors[field][0].startswith(sentence)


def test_a_file_that_is_too_large_is_not_read(settings):
    settings.UPLOAD_LIMIT_BYTES = 20

    form = form_of(FILE_ONLY, b"start,calls\n2026-10-05 09:00,10\n")

    assert form.errors == {"arrivals": ["calls.csv is larger than 0 MB."]}


def test_name_of_another_line_is_taken():
    line = LineOfBusinessFactory(name="Phone")

    assert LineForm(line.requirements, DATA).errors == {
        "name": ["Another line has this name already."]
    }
    assert LineForm(line.requirements, DATA, instance=line).is_valid()
