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
    "days": ["1", "2"],
    "opens": "08:00",
    "closes": "00:00",
    "contacts_per_half_hour": "20",
    "profile": "",
    "volume_source": "",
    "aht_s": "360",
    "service_level": "0.8",
    "threshold_s": "20",
    "max_occupancy": "0.85",
    "shrinkage": "0.3",
    "skills": "SAP; hard; good\nPatience; soft",
}
ROWS = "start,calls\n2026-10-05 09:00,10\n2026-10-05 09:30,12\n"


def form_of(change=None, upload=None, instance=None):
    files = {"arrivals": SimpleUploadedFile("calls.csv", upload)} if upload is not None else {}
    requirements = instance.requirements if instance else RequirementsFactory()
    return LineForm(requirements, {**DATA, **(change or {})}, files, instance=instance)


def test_line_as_it_is_typed():
    line = form_of().save()

    assert line.days == [1, 2]
    assert line.skills == [
        {"name": "SAP", "kind": "hard", "level": "good"},
        {"name": "Patience", "kind": "soft", "level": "good"},
    ]
    assert (line.contacts_per_half_hour, line.profile) == (20, None)


def test_new_line_begins_with_usual_hours():
    form = LineForm(RequirementsFactory())

    shown = {name: form[name].value() for name in ("days", "opens", "closes")}
    assert shown == {"days": [1, 2, 3, 4, 5], "opens": "08:00", "closes": "20:00"}


def test_profile_is_typed_a_line_for_each_half_hour():
    line = form_of({"contacts_per_half_hour": "", "profile": "9:30 12.5\n08:00;3\n"}).save()

    assert line.profile == [["08:00", 3.0], ["09:30", 12.5]]


def test_file_of_arrivals_replaces_the_profile_and_says_where_it_comes_from():
    line = LineOfBusinessFactory(
        contacts_per_half_hour=None, profile=[["08:00", 3.0]], volume_source="Guess"
    )
    change = {"contacts_per_half_hour": "", "profile": "08:00 3", "volume_source": "Guess"}

    saved = form_of(change, ROWS.encode(), line).save()

    assert saved.profile == [["09:00", 10.0], ["09:30", 12.0]]
    assert saved.volume_source.startswith("calls.csv, 2 rows, SHA-256 ")


def test_number_typed_anew_loses_the_source_of_the_earlier_one():
    line = LineOfBusinessFactory(contacts_per_half_hour=5, volume_source="calls.csv")

    assert form_of({"volume_source": "calls.csv"}, instance=line).save().volume_source == ""


def test_source_stays_while_the_number_does():
    line = LineOfBusinessFactory(contacts_per_half_hour=20, volume_source="Report")

    assert form_of({"volume_source": "Report"}, instance=line).save().volume_source == "Report"


def test_bad_rows_are_told_and_what_can_be_read_is_offered_as_the_profile():
    form = form_of({"contacts_per_half_hour": ""}, (ROWS + "2026-10-05 10:00,-4\n").encode())

    assert form.errors == {"arrivals": ["Row 4: -4 is not a possible number of contacts."]}
    assert form["profile"].value() == "09:00 10\n09:30 12"
    assert form["volume_source"].value().startswith("calls.csv, 2 rows, 1 remarks")
    assert form["profile"].help_text.startswith("What can be read of the file stands here")
    assert form["name"].value() == "Phone"


def test_many_bad_rows_are_counted():
    bad = "".join(f"never,{row}\n" for row in range(30))
    form = form_of({"contacts_per_half_hour": ""}, (ROWS + bad).encode())

    assert len(form.errors["arrivals"]) == 21
    assert form.errors["arrivals"][-1] == "And 10 further rows."


@pytest.mark.parametrize(
    ("change", "upload", "field", "sentence"),
    [
        ({"contacts_per_half_hour": ""}, None, "contacts_per_half_hour", "Say how much comes in"),
        ({"profile": "08:00 1"}, None, "contacts_per_half_hour", "Give either this number or a"),
        ({"profile": "08:00"}, None, "profile", "“08:00” is not a time and a number."),
        ({"profile": "08:00 1\n8:00 2"}, None, "profile", "The half-hour at 8:00 stands twice."),
        ({"profile": "25:00 1"}, None, "profile", "“25:00” is not a time like 08:30."),
        ({"profile": "08:00 -1"}, None, "profile", "“-1” at 08:00 is not a possible number"),
        ({}, b"\xff\xfe\x00", "arrivals", "calls.csv is not a text file in UTF-8."),
        ({}, b"when,calls\n1,2\n", "arrivals", "The header needs a column named timestamp"),
        ({}, b"start,calls\n", "arrivals", "The file needs a header and at least one row."),
        ({"days": []}, None, "days", "This field is required."),
        ({"days": ["8"]}, None, "days", "8 is not a weekday: 1 is Monday, 7 is Sunday."),
        ({"opens": "8 o'clock"}, None, "opens", "Write a time as 08:30."),
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


def test_name_of_another_line_is_taken():
    line = LineOfBusinessFactory(name="Phone")

    assert LineForm(line.requirements, DATA).errors == {
        "name": ["Another line has this name already."]
    }
    assert LineForm(line.requirements, DATA, instance=line).is_valid()
