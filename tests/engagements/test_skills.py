"""Skills as they are typed, looked up in ESCO, and shown."""

import pytest
from django.urls import reverse

from engagements.forms.skills import SkillsField, SkillsForm
from engagements.models import EscoNeed, EscoOccupation
from tests.engagements.test_forms import DATA
from tests.factories.engagements import (
    EscoSkillFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
)

pytestmark = pytest.mark.django_db
SEARCH = "engagements:skill_search"
NOTICE = "This service uses the ESCO classification of the European Commission."


@pytest.fixture
def typing():
    return EscoSkillFactory(
        label="type at speed", alt_labels="touch-type", names=["touch-type", "type at speed"]
    )


def test_a_line_has_name_kind_level_and_evidence_and_comes_back_as_typed():
    text = "Typing; hard; excellent; typing test\nPatience;soft;;interview\nSAP"

    stored = SkillsField().clean(text)

    assert stored == [
        {
            "name": "Typing",
            "kind": "hard",
            "level": "excellent",
            "evidence": "typing test",
            "uri": "",
        },
        {"name": "Patience", "kind": "soft", "level": "good", "evidence": "interview", "uri": ""},
        {"name": "SAP", "kind": "hard", "level": "good", "evidence": "", "uri": ""},
    ]
    shown = SkillsField().prepare_value(stored)
    assert shown.splitlines()[1:] == ["Patience; soft; good; interview", "SAP; hard; good"]
    assert SkillsField().clean(shown) == SkillsField().clean(stored) == stored


@pytest.mark.parametrize("name", ["Type at Speed", "TOUCH-TYPE"])
def test_a_name_of_esco_gets_its_uri(typing, name):
    assert SkillsField().clean(f"{name}; hard")[0]["uri"] == typing.uri


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("; hard", "A skill needs a name."),
        ("SAP; firm", "The kind of SAP is hard or soft, not “firm”."),
        ("SAP; hard; great", "The level of SAP is basic or good or excellent, not “great”."),
        ("SAP\nsap ; soft", "SAP stands there twice."),
        ("a; hard; good; test; b", "“a; hard; good; test; b” has more than a name, a kind, a leve"),
        ("x" * 301, f"“{'x' * 30}…” is longer than 300 letters."),
        (f"SAP; hard; good; {'y' * 101}", f"“{'y' * 30}…” is longer than 100 letters."),
        ("\n".join(map(str, range(51))), "51 skills are too many for one line"),
        ([{"name": "SAP", "sort": "hard"}], "A skill has no sort."),
    ],
)
def test_what_is_wrong_with_a_skill_has_a_sentence(text, sentence):
    form = SkillsForm()
    form.fields["skills"].widget.value_from_datadict = lambda *_args: text
    form.data, form.is_bound = {}, True

    assert form.errors["skills"][0].startswith(sentence)


def test_what_is_looked_up_is_shown_below_the_box_with_a_button_to_add_it(typing, client_as):
    browser = client_as("BizDev")

    part = browser.get(reverse(SEARCH), {"q": "typ"}, headers={"HX-Request": "true"})
    page = browser.get(reverse(SEARCH), {"q": "typ"})

    assert part.context["skills"][0] == typing
    assert reverse("engagements:skill_add") in part.text
    assert "<html" not in part.text
    assert "<code>type at speed; hard; good</code>" in page.text
    assert all(NOTICE in each.text for each in (part, page))


def test_the_skills_of_an_occupation_are_offered(typing, client_as):
    agent = EscoOccupation.objects.create(uri="u:agent", label="call centre agent")
    EscoNeed.objects.create(occupation=agent, skill=typing, is_essential=True)
    browser = client_as("BizDev")

    found = browser.get(reverse(SEARCH), {"q": "call cent"})
    needed = browser.get(reverse(SEARCH), {"occupation": agent.pk})

    assert list(found.context["occupations"]) == [agent]
    assert list(needed.context["skills"]) == [typing]
    assert "What a call centre agent needs" in needed.text
    assert browser.get(reverse(SEARCH), {"occupation": 0}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        ("", "type at speed; hard; good"),
        ("SAP; hard", "SAP; hard\ntype at speed; hard; good"),
        ("Type at speed; hard; basic", "Type at speed; hard; basic"),
    ],
)
def test_one_is_added_to_what_was_typed(typing, client_as, typed, after):
    add = reverse("engagements:skill_add")

    answer = client_as("BizDev").post(add, {"skills": typed, "skill": typing.pk})

    assert answer.context["form"]["skills"].value() == after
    assert 'id="id_skills"' in answer.text


@pytest.mark.parametrize("skill", ["", "x", "999999999999999999999"])
def test_no_such_skill_is_added(client_as, skill):
    add = reverse("engagements:skill_add")
    assert client_as("BizDev").post(add, {"skills": "", "skill": skill}).status_code == 404


def test_where_esco_is_not_imported_staff_are_told_how_and_words_will_do(client_as):
    row, browser = RequirementsFactory(), client_as("BizDev")
    page = reverse("engagements:line_add", args=[row.pk])

    assert "manage.py import_esco FOLDER" in browser.get(page).text
    browser.post(page, DATA)

    shown = browser.get(row.get_absolute_url())
    assert "Patience" in shown.text
    assert NOTICE not in shown.text


def test_the_form_has_a_box_and_the_requirements_say_kind_level_and_esco(typing, client_as):
    skills = SkillsField().clean("Type at speed; hard; basic; test")
    line = LineOfBusinessFactory(skills=skills)
    browser = client_as("BizDev")

    form = browser.get(reverse("engagements:line_edit", args=[line.pk])).text
    page = browser.get(line.requirements.get_absolute_url()).text

    assert 'form="skill-search"' in form
    assert '<form id="skill-search" method="get"' in form
    assert typing.uri in page
    assert NOTICE in page
    assert all(f">{each}</td>" in page for each in ("hard", "basic", "test"))
