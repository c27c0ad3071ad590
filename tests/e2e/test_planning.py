"""BizDev takes requirements in, tries what if, plans, opens why, and finds the same in the CSV."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.engagements import ClientPersonFactory, EngagementFactory
from tests.factories.vendors import SiteFactory

SITES = {"Kraków": "Europe/Warsaw", "Bogotá": "America/Bogota", "Manila": "Asia/Manila"}
pytestmark = [pytest.mark.browser, pytest.mark.story]
ROWS = [
    f"2026-10-{day:02} {hour:02}:{half}0,{40 + 4 * hour}"
    for day in range(5, 10)  # Monday to Friday
    for hour in range(8, 20)
    for half in (0, 3)
]


def test_an_engagement_is_planned_from_an_empty_form(cast, tmp_path):
    bizdev = cast.sign_in("bizdev", "Bianca Dias", "bizdev@cadre.example", "BizDev")
    live_on = timezone.localdate() + timedelta(days=200)
    engagement = EngagementFactory(name="Care", state="scoping", go_live_on=live_on)
    ClientPersonFactory(client=engagement.client, user__email="clara@bank.example")
    client = cast.sign_in("client", "Clara Lund", "clara@bank.example", "Client approver")
    bizdev.visit(engagement.get_absolute_url()).follow("Plans, teams, history")
    bizdev.reads("Last safe days", "the client decides")
    requirements_are_begun(bizdev)
    client_fills_in_its_part(client)
    for city, zone in SITES.items():
        SiteFactory(vendor=None, name=f"Cadre {city}", city=city, time_zone=zone, seats=400)
    lines_are_added(bizdev, tmp_path)
    an_assumption_is_noted(bizdev)
    scenarios_are_compared(bizdev)
    plan_says_why(bizdev)
    assert cast.inspection.faults == []


def requirements_are_begun(bizdev):
    bizdev.press("Write requirements").reads("Step 1 of 8")
    bizdev.write({"Scope of service": "Questions about parcels."})
    bizdev.press("Save and leave").reads("Questions about parcels.")
    bizdev.press("Let the client fill it in").reads("can fill it in now, and was told.")


def client_fills_in_its_part(client):
    client.menu("Decisions")
    client.open_in_list("Your requirements, v1, are open: 2 of 8 steps done").follow("Geography")
    client.write({"Delivery countries": "PL, XX"}).page.keyboard.press("Tab")
    client.waits_for(re.compile("but for:.*“XX” is not a country", re.DOTALL))
    client.write(
        {
            "Delivery countries": "PL, ES, PT",
            "Customers' time zone": "Europe/Berlin",
            "Structure of the team": "hierarchical: supervisors between leads and manager",
        }
    )
    client.press("Save and go on").follow("Dates and budget")
    client.write({"Ramp": "0 40 %\n4 70 %"}).press("Save and go on")
    client.reads("Say when the whole team is at work")
    client.write({"Ramp": "0 40 %\n4 70 %\n8 100 %"}).press("Save and go on")
    client.reads("Before it can be submitted, say:", "a line of business")


def lines_are_added(bizdev, folder):
    calls = folder / "calls.csv"
    calls.write_text("\n".join(["start,calls", *ROWS, "2026-10-09 20:00,-3"]))
    bizdev.visit(bizdev.page.url).follow("Fill in: 3 of 8 steps done").follow("Lines of business")
    bizdev.follow("Add a line").write(
        {
            "Name": "Phone",
            "Language": "German",
            "Hours of service": "Mon-Fri 8 to 20",
            "Or a file of arrivals (CSV)": calls,
            "Handling time, seconds": "300",
            "Patience": "180",
        }
    )
    bizdev.press("Save").reads("“8” is not a time like 08:30.")
    bizdev.write({"Hours of service": "Mon-Fri 08:00-20:00", "Or a file of arrivals (CSV)": calls})
    bizdev.press("Save").reads("Row 122: -3 is not a possible number of contacts.")
    bizdev.press("Use it").reads("up to 116 contacts in a half-hour")
    bizdev.follow("Add a line").write(
        {
            "Name": "E-mail",
            "Channel": "e-mail",
            "Language": "German",
            "Hours of service": "Mon-Fri 08:00-18:00",
            "Contacts in each half-hour": "9",
            "Handling time, seconds": "420",
            "Answered within, hours of service": "8",
        }
    )
    bizdev.press("Save").reads("answered within 8 h of service")
    around_the_clock(bizdev, "Spanish calls", "phone", "Spanish", "70")
    around_the_clock(bizdev, "French calls", "phone", "French", "60")
    around_the_clock(bizdev, "English chats", "chat", "English", "50")
    bizdev.follow("Requirements v1")
    bizdev.reads("by half-hour, 116 in the busiest", "calls.csv, 120 rows, 1 remarks")


def around_the_clock(bizdev, name, channel, language, contacts):
    """Add a line that is open day and night."""
    bizdev.follow("Add a line").write(
        {
            "Name": name,
            "Channel": channel,
            "Language": language,
            "Hours of service": "every day 00:00-24:00",
            "Contacts in each half-hour": contacts,
            "Handling time, seconds": "360",
        }
    )
    bizdev.press("Save").reads(name)


def an_assumption_is_noted(bizdev):
    bizdev.reads("Default: 30 %, usual for outsourced teams 20-30 %")
    bizdev.follow("Note an assumption").write(
        {"What": "Growth", "Value": "8", "Unit": "% a year", "Source": "Ms Roth, by phone"}
    )
    bizdev.press("Save").reads("8 % a year", "the client")


def scenarios_are_compared(bizdev):
    bizdev.follow("What if").reads("No scenario yet.").follow("Try a scenario")
    bizdev.write({"Name": "A fifth more", "Volume, percent of what is written": "120"})
    bizdev.press("Compare").reads("1 scenario", "Volume 120 %").follow("Try a scenario")
    bizdev.write({"Name": "Less shrinkage", "Shrinkage": "0.25"}).press("Compare")
    bizdev.reads("2 scenarios beside what is written", "Shrinkage 25 %")
    bizdev.follow("Requirements v1")


def plan_says_why(bizdev):
    bizdev.press("Submit").press("Accept").follow("Make the plan")
    cities = [f"Share of Cadre {city}, {city}, percent" for city in SITES]
    bizdev.write(dict(zip(cities, (50, 30, 20), strict=True)))
    bizdev.write({"Follow the sun": True}).choose("Seats hold", "all hours of the week")
    bizdev.press("Plan").waits_for("Sums over seats equal the plan.")
    bizdev.reads("Agents on duty by half-hour", "Candidates to source", "Cadre Bogotá")
    fte = bizdev.page.locator(".figure").filter(has_text="Full-time people to cover the week").first
    shown = fte.locator("b").first.inner_text()
    fte.locator("summary").click()
    assert "Hours on duty on Mon" in fte.inner_text()
    assert "if callers hang up (Erlang A)" in fte.inner_text()

    figures = taken(bizdev, "figures as CSV")
    rows = [row for row in figures if row["figure"] == "Full-time people to cover the week"]
    assert float(rows[0]["value"]) == pytest.approx(float(shown), abs=0.005)
    half_hours = taken(bizdev, "each half-hour as CSV")
    agents = sum(int(row["agents"]) for row in half_hours if row["line"] == "Phone")
    assert agents / 2 / 0.7 / 40 == pytest.approx(float(shown), abs=0.005)


def taken(visitor, words):
    link = visitor.page.get_by_role("link", name=words)
    answer = visitor.context.request.get(link.get_attribute("href"))
    return list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
