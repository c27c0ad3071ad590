"""What of a line is said in words and weights: profiles, contact reasons, holidays."""

from datetime import date

import pytest

from engagements.forms import LineForm
from tests.engagements.test_forms import form_of
from tests.factories.engagements import LineOfBusinessFactory, RequirementsFactory

pytestmark = pytest.mark.django_db
SPREAD = {"contacts_per_half_hour": "", "hours": "Mon-Fri 08:00-10:00", "volume_per": "week"}


def test_a_number_with_its_profile_becomes_the_week_and_says_so():
    change = {
        "volume": "1200",
        "weekday_profile": "Mon 50, Tue-Fri 12.5",
        "day_profile": "8:00 3\n9:00 1",
    }

    line = form_of(SPREAD | change).save()

    assert line.week[:4] == [
        [1, "08:00", 225.0],
        [1, "08:30", 225.0],
        [1, "09:00", 75.0],
        [1, "09:30", 75.0],
    ]
    assert sum(row[2] for row in line.week) == 1200
    assert line.contacts_per_half_hour is None
    assert line.volume_source == "1,200 a week by the profile given"


def test_a_number_takes_the_place_of_the_earlier_one_but_not_of_a_source_typed_with_it():
    line = LineOfBusinessFactory(contacts_per_half_hour=20, volume_source="calls.csv")
    change = {"contacts_per_half_hour": "20", "volume": "50", "volume_per": "day"}

    saved = form_of(SPREAD | change | {"volume_source": "Ms Roth"}, instance=line).save()

    assert (saved.contacts_per_half_hour, len(saved.week)) == (None, 20)
    assert (sum(row[2] for row in saved.week), saved.volume_source) == (250, "Ms Roth")


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"weekday_profile": "Sat 1"}, "weekday_profile", "Sat has a weight, but no hours of"),
        ({"weekday_profile": "Mon"}, "weekday_profile", "“Mon” is not a time and its weight."),
        ({"weekday_profile": "Mon x"}, "weekday_profile", "“x” is not a possible weight of Mon."),
        ({"weekday_profile": "Mon -1"}, "weekday_profile", "“-1” is not a possible weight"),
        ({"weekday_profile": "Mon-Tue 1, Tue 2"}, "weekday_profile", "Tue stands twice."),
        ({"weekday_profile": "Moon 1"}, "weekday_profile", "“moon” is not a weekday like Mon."),
        ({"weekday_profile": "Mon 0"}, "weekday_profile", "The weights of the weekdays add up"),
        ({"day_profile": "07:00 1"}, "day_profile", "07:00 lies outside the hours of service."),
        ({"day_profile": "08:10 1"}, "day_profile", "08:10 is not the start of a half-hour."),
        ({"day_profile": "08:00 1; 8:00 2"}, "day_profile", "8:00 stands twice."),
        ({"volume": "-1"}, "volume", "Ensure this value is greater than or equal to 0."),
        ({"volume_per": "year"}, "volume_per", "Select a valid choice."),
        (
            {"volume": "", "contacts_per_half_hour": "3", "day_profile": "08:00 1"},
            "day_profile",
            "A profile needs",
        ),
        ({"contacts_per_half_hour": "3"}, "contacts_per_half_hour", "Give either this or “Or a"),
    ],
)
def test_what_contradicts_is_told_beside_its_field(change, field, sentence):
    form = form_of(SPREAD | {"volume": "1200"} | change)

    assert list(form.errors) == [field]
    assert form.errors[field][0].startswith(sentence)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Card lost 12.5 %\nOrder status 40%", [["Order status", 0.4], ["Card lost", 0.125]]),
        ("Bill\nMoving house", [["Bill", 0.5], ["Moving house", 0.5]]),
        ("Bill 60 %\nMoving\nMeter", [["Bill", 0.6], ["Moving", 0.2], ["Meter", 0.2]]),
        ("Windows 11\nBill: 80 %", [["Bill", 0.8], ["Windows 11", 0.2]]),
        (["Bill 60 %", "Meter 40 %"], [["Bill", 0.6], ["Meter", 0.4]]),
        ({"Bill": "60 %", "Meter": "40 %"}, [["Bill", 0.6], ["Meter", 0.4]]),
        ("", []),
    ],
)
def test_reasons_are_stored_the_most_frequent_first(typed, stored):
    line = form_of({"contact_reasons": typed}).save()

    assert line.contact_reasons == stored
    again = LineForm(line.requirements, instance=line)["contact_reasons"].value()
    assert form_of({"contact_reasons": again}).save().contact_reasons == stored


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("A 60 %\nB 50 %", "The shares add up to 110 %: more than all contacts."),
        ("A 100 %\nB", "The shares make 100 % already: nothing is left for “B”."),
        ("A\nA 5 %", "“A” stands twice."),
        ("40 %", "A share needs the reason that it is of."),
    ],
)
def test_reasons_that_do_not_add_up_are_told(typed, sentence):
    assert form_of({"contact_reasons": typed}).errors == {"contact_reasons": [sentence]}


def test_a_pareto_says_what_the_reasons_add_up_to():
    line = LineOfBusinessFactory.build(contact_reasons=[["Bill", 0.5], ["Meter", 0.25]])

    assert [(row.name, row.share, row.until) for row in line.pareto] == [
        ("Bill", 0.5, 0.5),
        ("Meter", 0.25, 0.75),
    ]


def test_a_service_closed_on_holidays_says_whose():
    form = form_of({"closed_on_holidays": "on"})

    assert form.errors == {"holiday_region": ["Say whose public holidays it is closed on."]}


def test_the_first_year_is_counted_from_the_go_live_on_without_the_holidays():
    """Of Germany's holidays of that year four meet a weekday."""
    requirements = RequirementsFactory(go_live_on=date(2027, 6, 1))
    line = LineOfBusinessFactory(
        requirements=requirements, holiday_region="DE", closed_on_holidays=True
    )

    closed = [f"{day:%a %d %b}" for day in line.first_year.closed]
    assert closed == ["Fri 14 Apr", "Mon 17 Apr", "Mon 01 May", "Thu 25 May"]
    assert (line.first_year.days_open, line.open_year.value) == (258, 258 * 8)
    assert line.open_year.inputs[2].source == "Public holidays, Germany"


def test_a_service_open_on_holidays_leaves_none_out():
    line = LineOfBusinessFactory(holiday_region="DE")

    assert (line.first_year.closed, line.first_year.closed_hours) == ({}, 0)


def test_groups_hold_each_field_once():
    form = LineForm(RequirementsFactory())

    shown = [field.name for group in [*form.groups, form.advanced] for field, _ in group.fields]

    assert sorted(shown) == sorted(form.fields)
