"""Requirements step by step, by our staff and by a client's people."""

from datetime import date

import pytest
from django.urls import reverse

from engagements import intake
from engagements.models import Requirements, SuccessMeasure
from tests.factories.engagements import (
    AssumptionFactory,
    ClientFactory,
    EngagementFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
)

pytestmark = pytest.mark.django_db
BUSINESS = {
    "industry": "parcels",
    "business_size": "large",
    "scope_of_service": "Where is it?",
    "complexity": "moderate",
}
GEOGRAPHY = {
    "delivery_countries": "pl, ES",
    "customer_time_zone": "Europe/Berlin",
    "structure_wish": "geographic",
}
SECURITY = {"security": ["pci", "gdpr"], "security_notes": "Clean desks"}
DATES = {
    "go_live_on": "2027-06-01",
    "ramp": "0 40 %\n4 weeks 70 %\nweek 8: 100%",
    "budget_monthly": "250000",
}


def page(row, step="business"):
    return reverse("engagements:intake", args=[row.pk, step])


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def approver(opened, client_as, person_of):
    return client_as(person_of(opened.engagement.client))


def test_begun_requirements_know_what_client_and_engagement_know(client_as):
    client = ClientFactory(industry="parcels", size="large", time_zone="Asia/Manila")
    engagement = EngagementFactory(client=client, go_live_on=date(2027, 9, 1))
    begin = reverse("engagements:requirements_begin", args=[engagement.pk])
    browser = client_as("BizDev")

    answer = browser.post(begin)
    again = browser.post(begin)

    row = Requirements.objects.get()
    assert answer.url == again.url == page(row)
    assert (row.industry, row.business_size) == ("parcels", "large")
    assert (row.customer_time_zone, row.go_live_on) == ("Asia/Manila", date(2027, 9, 1))


def test_after_an_accepted_version_writing_begins_with_a_copy_of_it(client_as):
    row = LineOfBusinessFactory(requirements__state="accepted").requirements

    client_as("BizDev").post(reverse("engagements:requirements_begin", args=[row.engagement_id]))

    made = row.engagement.requirements.get(version=2)
    assert [line.name for line in made.lines.all()] == [line.name for line in row.lines.all()]


def test_client_answers_the_steps_and_each_is_kept(approver, opened):
    for step, answers in [
        ("business", BUSINESS),
        ("deployment", {"deployment": "Zendesk", "channels_in_use": ["phone", "chat"]}),
        ("geography", GEOGRAPHY),
        ("skills-and-security", SECURITY),
        ("dates", DATES),
    ]:
        answer = approver.post(page(opened, step), answers)
        assert answer.url == intake.beside(opened, intake.BY_SLUG[step], 1)

    row = Requirements.objects.get()
    assert (row.industry, row.business_size, row.complexity) == ("parcels", "large", "moderate")
    assert (row.deployment, row.channels_in_use) == ("Zendesk", ["phone", "chat"])
    assert (row.delivery_countries, row.structure_wish) == (["PL", "ES"], "geographic")
    assert (row.security, row.security_notes) == (["pci", "gdpr"], "Clean desks")
    assert row.ramp == [[0, 0.4], [4, 0.7], [8, 1.0]]
    assert (row.go_live_on, row.budget_monthly) == (date(2027, 6, 1), 250000)


def test_step_is_kept_while_incomplete(approver, opened):
    approver.post(page(opened), {"industry": "parcels", "complexity": "simple"})

    row = Requirements.objects.get()
    assert (row.industry, row.scope_of_service) == ("parcels", "")
    assert "the size of the business, the scope of service" in text_of(
        approver.get(page(row, "review"))
    )


@pytest.mark.parametrize(
    ("pressed", "step"), [("back", "business"), ("leave", ""), ("", "geography")]
)
def test_each_button_keeps_the_step_and_leads_on(pressed, step, approver, opened):
    data = {"deployment": "Zendesk", **({pressed: "1"} if pressed else {})}

    answer = approver.post(page(opened, "deployment"), data)

    assert answer.url == (page(opened, step) if step else opened.get_absolute_url())
    assert Requirements.objects.get().deployment == "Zendesk"


@pytest.mark.parametrize(
    ("step", "change", "sentence"),
    [
        ("geography", {"delivery_countries": "XX"}, "“XX” is not a country"),
        ("geography", {"customer_time_zone": "Mars"}, "“Mars” is not a time zone"),
        ("skills-and-security", {"security": ["none", "pci"]}, "“None of these” stands alone"),
        ("dates", {"go_live_on": "soon"}, "Write a date as 2027-06-01."),
        ("dates", {"budget_monthly": "0"}, "greater than or equal to 0.01"),
        ("dates", {"ramp": "soon"}, "“soon” is not like 4 weeks 70 %."),
        ("dates", {"ramp": "100%"}, "“100%” is not like 4 weeks 70 %."),
        ("dates", {"ramp": "0 40\n105 100"}, "Weeks are from 0 to 104, not 105."),
        ("dates", {"ramp": "-1 100"}, "Weeks are from 0 to 104, not -1."),
        ("dates", {"ramp": "0 0 %"}, "above 0 % and at most 100 %, not 0 %."),
        ("dates", {"ramp": "4 40\n4 100"}, "Week 4 does not come after week 4."),
        ("dates", {"ramp": "0 40\n4 40"}, "more are at work than before: above 40 %."),
        ("dates", {"ramp": "0 40\n4 70"}, "the last line ends with 100 %."),
    ],
)
def test_impossible_is_said_in_a_sentence_and_the_rest_is_kept(
    step, change, sentence, approver, opened
):
    whole = {"geography": GEOGRAPHY, "skills-and-security": SECURITY, "dates": DATES}[step]

    answer = approver.post(page(opened, step), {**whole, **change})

    row = Requirements.objects.get()
    kept = {"geography": row.structure_wish, "skills-and-security": row.security_notes}
    kept["dates"] = row.budget_monthly or row.go_live_on
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert kept[step] in {"geographic", "Clean desks", 250000, date(2027, 6, 1)}


def test_changed_field_is_kept_as_one_goes_and_says_so(approver, opened):
    htmx = {"HX-Request": "true"}

    kept = approver.post(page(opened), BUSINESS, headers=htmx)
    wrong = approver.post(page(opened, "dates"), {**DATES, "ramp": "soon"}, headers=htmx)

    assert (kept.status_code, wrong.status_code) == (200, 422)
    assert text_of(kept).startswith("Saved ")
    assert 'hx-swap-oob="true"' in kept.content.decode()
    assert "Ramp: “soon” is not like 4 weeks 70 %." in text_of(wrong)
    assert Requirements.objects.get().go_live_on == date(2027, 6, 1)


def test_two_in_two_steps_keep_both_answers(approver, opened, client_as):
    # Both have read the row before either writes.
    stale = Requirements.objects.get()
    approver.post(page(opened), BUSINESS)

    client_as("BizDev").post(page(stale, "dates"), DATES)

    row = Requirements.objects.get()
    assert (row.industry, row.go_live_on) == ("parcels", date(2027, 6, 1))


def test_submitted_ones_are_read_and_not_asked(client_as, opened):
    row = LineOfBusinessFactory(requirements__state="submitted").requirements
    browser = client_as("BizDev")

    assert browser.get(page(row)).url == row.get_absolute_url()
    assert browser.post(page(row), BUSINESS).status_code == 409
    assert browser.get(page(opened, "nonsense")).status_code == 404


@pytest.mark.parametrize(("company", "status"), [("own", 200), ("other", 404)])
@pytest.mark.parametrize("with_client", [True, False])
def test_draft_is_open_to_its_own_client_once_we_open_it(
    company, status, with_client, client_as, person_of
):
    row = RequirementsFactory(with_client=with_client)
    client = row.engagement.client if company == "own" else ClientFactory()
    browser = client_as(person_of(client))
    expected = status if with_client else 404

    for url in [page(row), row.get_absolute_url()]:
        assert browser.get(url).status_code == expected
    add = reverse("engagements:line_add", args=[row.pk])
    assert browser.get(add).status_code == expected


def test_who_only_looks_reads_what_was_said_and_nothing_of_ours(client_as, person_of):
    row = LineOfBusinessFactory(requirements__with_client=True).requirements
    assumed = AssumptionFactory(requirements=row, owner__name="Owen Ours")
    viewer = client_as(person_of(row.engagement.client, "Client viewer"))

    answer = viewer.get(row.get_absolute_url())

    read = text_of(answer)
    assert "Questions about accounts and cards" in read
    assert assumed.what in read
    assert "Owen Ours" not in read
    assert "Default" not in read
    assert reverse("engagements:client", args=[row.engagement.client.pk]) not in read
    assert page(row) not in read
    assert viewer.get(page(row)).status_code == 403


@pytest.mark.parametrize("step", list(intake.BY_SLUG))
@pytest.mark.parametrize("count", [1, 3])
def test_intake_query_count(step, count, approver, opened, django_assert_max_num_queries):
    for number in range(count):
        LineOfBusinessFactory(requirements=opened)
        AssumptionFactory(requirements=opened)
        SuccessMeasure.objects.create(
            requirements=opened, name=f"KPI {number}", formula="a / b", target=90
        )

    with django_assert_max_num_queries(14):
        assert approver.get(page(opened, step)).status_code == 200


def test_ramp_is_shown_again_as_it_is_typed(approver, opened):
    approver.post(page(opened, "dates"), DATES)

    assert "0 40 %\n4 70 %\n8 100 %" in approver.get(page(opened, "dates")).content.decode()
