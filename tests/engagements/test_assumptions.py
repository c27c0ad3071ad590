"""What a plan rests on that nobody has measured: rows with their source, and cited defaults."""

import pytest
from django.urls import reverse

from core.workflow import StepRefused
from engagements import actions
from engagements.assumed import defaults
from engagements.models import Assumption, Requirements
from engagements.versioned import compare
from tests.factories.core import UserFactory
from tests.factories.engagements import (
    AssumptionFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def requirements():
    row = RequirementsFactory()
    LineOfBusinessFactory(requirements=row, name="Phone", shrinkage="0.28")
    return row


def data(**changed):
    known = {"what": "Growth", "value": "8", "unit": "% a year", "line": "", "source": "Ms Roth"}
    owner = changed.pop("owner", None) or UserFactory()
    return {**known, "given_by": "client", "owner": owner.pk, **changed}


def test_a_default_is_an_assumption_of_ours_and_cites_its_source(requirements):
    found = {each.what: (each.quantity, each.source) for each in defaults(requirements)}

    assert found["Occupancy cap"] == ("85%", "Default: 85 %, usual band 82-88 %")
    assert found["Paid hours in a week"] == ("40 h", "Default: a 40-hour contract")
    assert "Shrinkage" not in found  # it was given
    assert "Slowdown" not in found  # a phone has none


def test_a_line_that_cannot_be_planned_yet_has_no_defaults(requirements):
    requirements.lines.update(hours=[])
    assert defaults(requirements) == []


def test_it_is_noted_shown_changed_and_removed(requirements, client_as):
    browser = client_as("BizDev")
    browser.post(reverse("engagements:assumption_add", args=[requirements.pk]), data())
    row = Assumption.objects.get()

    page = browser.get(requirements.get_absolute_url()).content.decode()
    assert "8 % a year" in page
    assert "Ms Roth" in page
    assert "Default: 85 %, usual band 82-88 %" in page

    change = reverse("engagements:assumption_edit", args=[row.pk])
    browser.post(change, data(value="9", owner=row.owner))
    assert Assumption.objects.get().value == "9"
    browser.post(reverse("engagements:assumption_remove", args=[row.pk]))
    assert not Assumption.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"what": ""}, "what", "This field is required."),
        ({"source": ""}, "source", "This field is required."),
        ({"what": "Growth 0"}, "what", "This is assumed already: change it there."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(requirements, client_as, changed, field, sentence):
    AssumptionFactory(requirements=requirements, what="Growth 0")
    page = reverse("engagements:assumption_add", args=[requirements.pk])

    answer = client_as("BizDev").post(page, data(**changed))

    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}


def test_a_line_of_other_requirements_is_no_choice(requirements, client_as):
    other = LineOfBusinessFactory()
    page = reverse("engagements:assumption_add", args=[requirements.pk])
    assert client_as("BizDev").post(page, data(line=other.pk)).status_code == 422


def test_the_next_version_takes_them_over_and_says_what_changed(requirements):
    line = requirements.lines.get()
    AssumptionFactory(requirements=requirements, what="Growth", value="8")
    AssumptionFactory(requirements=requirements, what="Peak", line=line)

    second = actions.new_version(requirements)
    second.assumptions.filter(what="Growth").update(value="12")

    assert {(each.what, each.line and each.line.requirements_id) for each in
            second.assumptions.all()} == {("Growth", None), ("Peak", second.pk)}  # fmt: skip
    told = [str(change.label) for change in compare(*map(actions_content, (requirements, second)))]
    assert told == ["Assumption Growth: Value"]


def actions_content(row):
    return actions.requirements.content(Requirements.objects.get(pk=row.pk))


def test_after_they_are_submitted_nothing_is_assumed_anew(requirements, actor_as):
    row = AssumptionFactory(requirements=requirements)
    actions.submit_requirements(requirements, by=actor_as("BizDev"))

    assert Requirements.objects.get().frozen["assumptions"][0]["source"] == row.source
    for change in (
        lambda: actions.save_assumption(requirements, row),
        lambda: actions.remove_assumption(row),
    ):
        with pytest.raises(StepRefused, match="make a new version"):
            change()
