"""A real bank's calls, uploaded on the page: 352.5 full-time people, and every step to them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagements.models import LineOfBusiness
from tests.engagements.test_forms import DATA
from tests.factories.engagements import RequirementsFactory
from tests.planning.conftest import read_beside
from tests.plans import planned

pytestmark = pytest.mark.django_db
SET_UP = {
    "hours": "Mon-Fri 07:00-21:00",
    "contacts_per_half_hour": "",
    "language": "en",
    "as_written": "on",  # a Z stands behind each, and seven o'clock is when the bank opens
    "aht_s": "180",
    "max_occupancy": "0.88",
    "weekly_paid_hours": "37.5",
}


@pytest.fixture
def bizdev(client_as):
    return client_as("BizDev")


@pytest.fixture
def uploaded(bizdev):
    calls = read_beside("data/arrivals/fpp3_bank_calls.csv").encode()
    row = RequirementsFactory(customer_time_zone="America/New_York")
    upload = SimpleUploadedFile("fpp3_bank_calls.csv", calls)
    page = reverse("engagements:line_add", args=[row.pk])
    check = bizdev.post(page, {**DATA, **SET_UP, "arrivals": upload}).url
    shown = bizdev.get(check)
    assert "27,716 rows of fpp3_bank_calls.csv can be used." in shown.content.decode()
    weekly = [(option.value, round(option.contacts)) for option in shown.context["options"]]
    assert weekly[0] == ("", 162285)
    assert weekly[3:] == [("week 0.8", 166361), ("week 0.9", 169553)]
    bizdev.post(check, {"take": ""})
    return row


def test_it_is_planned_by_the_half_hour_and_redone_by_hand(bizdev, uploaded):
    line = LineOfBusiness.objects.get()
    assert len(line.week) == 140
    assert line.volume_source.startswith("fpp3_bank_calls.csv, 27,716 rows, SHA-256 ")
    assert 0.05 < line.volume_cv < 0.12

    for step in ("submit", "accept"):
        bizdev.post(reverse(f"engagements:{step}", args=[uploaded.pk]))

    plan = planned(bizdev, uploaded, seats_by="week")
    fte = plan.figure("lines.1.weekly_fte")
    assert round(fte["value"], 1) == 352.5
    days = [step["value"] for step in fte["steps"] if step["label"].startswith("Hours on duty on")]
    assert sum(days) == 9254
    assert fte["formula"].endswith("÷ 37.5 h = 352.5333")
    assert plan.figure("lines.1.seats")["value"] == 353

    page = bizdev.get(plan.get_absolute_url()).content.decode()
    assert "Why 352.53?" in page
    assert "27,716 rows" in page
    table = bizdev.get(reverse("engagements:plan_week_csv", args=[plan.pk]))
    agents = [int(each.split(",")[4]) for each in table.content.decode().splitlines()[1:]]
    assert (len(agents), sum(agents) / 2) == (140, 9254)
