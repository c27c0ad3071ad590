"""Success measures: chosen or written, asked back where 7 is meant on another scale."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core.workflow import StepRefused
from engagements import actions
from engagements.models import SuccessMeasure
from tests.factories.engagements import (
    ClientPersonFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
    SuccessMeasureFactory,
)

pytestmark = pytest.mark.django_db
DATA = {
    "name": "NPS",
    "formula": "What customers answer",
    "unit": "nps",
    "direction": "at_least",
    "target": "7",
    "window": "quarter",
    "source": "Survey",
}


@pytest.fixture
def requirements():
    return LineOfBusinessFactory().requirements


def add(requirements):
    return reverse("engagements:measure_add", args=[requirements.pk])


def test_a_measure_of_the_library_fills_the_form_in_and_says_what_misleads(requirements, client_as):
    page = client_as("BizDev").get(add(requirements), {"kpi": "service_level"})

    form = page.context["form"]
    assert (form["name"].value(), form["unit"].value()) == ("Service level", "percent")
    assert form["target"].value() == 80
    assert "Four formulas have this name." in page.text
    assert "?kpi=fcr" in page.text


def test_seven_on_an_nps_is_asked_back_with_three_readings(requirements, client_as):
    answer = client_as("BizDev").post(add(requirements), DATA)

    assert answer.status_code == 422
    assert not SuccessMeasure.objects.exists()
    form = answer.context["form"]
    assert "Say which of the three is meant." in form.errors["meant"][0]
    said = dict(form.fields["meant"].choices)
    assert list(said) == ["mean", "share", "nps"]
    assert "give 7.9, ten answers of 7 and 8 give 7.5." in said["mean"]
    assert "target 70 % of them. The same answers give 80 % and 100 %." in said["share"]
    assert "give 20 and 0." in said["nps"]


@pytest.mark.parametrize(
    ("meant", "unit", "target", "formula", "told"),
    [
        ("mean", "points", 7, "Mean of all answers from 0 to", "mean likelihood to recommend"),
        ("share", "percent", 70, "Answers of 7 or more ÷ all", "share of answers that are as high"),
        ("nps", "nps", 7, "Share of answers 9 or 10 - ", "a true NPS"),
    ],
)
def test_the_reading_that_is_chosen_sets_unit_and_target_and_is_told(
    requirements, client_as, meant, unit, target, formula, told
):
    browser = client_as("BizDev")

    browser.post(add(requirements), {**DATA, "meant": meant})

    row = SuccessMeasure.objects.get()
    assert (row.meant, row.unit, row.target) == (meant, unit, target)
    assert row.formula.startswith(formula)
    page = browser.get(requirements.get_absolute_url()).text
    assert f"7 was meant as: {told}" in page


def test_a_true_nps_is_not_asked_twice_but_another_target_is(requirements, client_as):
    row = SuccessMeasureFactory(requirements=requirements, unit="nps", target=7, meant="nps")
    browser, page = client_as("BizDev"), reverse("engagements:measure_edit", args=[row.pk])

    assert browser.post(page, {**DATA, "window": "year"}).status_code == 302
    assert browser.post(page, {**DATA, "target": "8"}).status_code == 422
    assert browser.post(page, {**DATA, "target": "40", "window": "year"}).status_code == 302

    again = SuccessMeasure.objects.get()
    assert (again.window, again.target, again.meant) == ("year", 40, "")


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"target": "101"}, "target", "An NPS is from -100 to 100."),
        ({"unit": "stars", "target": "0"}, "target", "This scale is from 1 to 5 stars."),
        ({"unit": "hours", "target": "-1"}, "target", "It can't be less than 0."),
        ({"target": "much"}, "target", "Enter a number."),
        ({"target": "NaN"}, "target", "Enter a number."),
        ({"unit": "smiles"}, "unit", "Select a valid choice. smiles is not one of the available"),
        ({"formula": "", "target": "50"}, "formula", "This field is required."),
        ({"name": "Known", "target": "50"}, "name", "This is measured already: change it there."),
        ({"meant": "else"}, "meant", "A target from 0 to 10 is no usual NPS"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(requirements, client_as, changed, field, sentence):
    SuccessMeasureFactory(requirements=requirements, name="Known")

    answer = client_as("BizDev").post(add(requirements), {**DATA, **changed})

    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert errors[field][0].startswith(sentence)


def test_the_clients_approver_writes_in_a_draft_opened_to_them_and_goes_back(client_as):
    row = RequirementsFactory(with_client=True)
    person = ClientPersonFactory(client=row.engagement.client).user
    browser = client_as("Client approver")
    person.groups.set(browser.user.groups.all())
    browser = client_as(person)

    answer = browser.post(f"{add(row)}?next=/portal/", {**DATA, "meant": "mean"})
    measure = SuccessMeasure.objects.get()
    away = reverse("engagements:measure_remove", args=[measure.pk])

    assert (answer.status_code, answer["Location"]) == (302, "/portal/")
    assert browser.post(f"{away}?next=https://elsewhere.example/").url == row.get_absolute_url()
    assert not SuccessMeasure.objects.exists()
    type(row).objects.update(with_client=False)
    assert browser.get(add(row)).status_code == 404


def test_measures_are_submitted_with_the_rest_and_then_kept(requirements, client_as, actor_as):
    row = SuccessMeasureFactory(requirements=requirements, target=Decimal("82.5"))
    actions.submit_requirements(requirements, by=actor_as("BizDev"))

    assert "82.5" in client_as("BizDev").get(requirements.get_absolute_url()).text
    for change in (
        lambda: actions.save_measure(requirements, row),
        lambda: actions.remove_measure(row),
    ):
        with pytest.raises(StepRefused, match="make a new version"):
            change()


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_for_all_measures_at_once(
    requirements, client_as, django_assert_max_num_queries, count
):
    rows = SuccessMeasureFactory.create_batch(count, requirements=requirements)
    browser = client_as("BizDev")
    browser.get(requirements.get_absolute_url())

    with django_assert_max_num_queries(30):
        page = browser.get(requirements.get_absolute_url()).text

    assert all(row.name in page for row in rows)
