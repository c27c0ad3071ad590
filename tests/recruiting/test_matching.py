from decimal import Decimal

import pytest

from recruiting.languages import cefr, country_code, skill_of
from recruiting.matching import compare, contributions, mean_score, must_haves, reaches, score
from tests.factories.core import NOW
from tests.factories.recruiting import CriterionFactory, FactFactory, ScorecardFactory


@pytest.mark.parametrize(
    ("level", "wanted", "expected"),
    [
        ("C1", "C1", True),
        ("C2", "C1", True),
        ("B2", "C1", False),
        ("native", "C1", True),
        ("", "C1", None),
        ("a bit", "C1", None),
        ("2 years", "1 year", True),
        ("0,5 years", "1 year", False),
        ("yes", "1 year", None),
        ("Yes", "yes", True),
        ("", "", True),
    ],
)
def test_levels_are_compared_where_they_can_be(level, wanted, expected):
    assert reaches(level, wanted) is expected


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Native speaker", "C2"),
        ("c1", "C1"),
        ("Level B2 (exam)", "B2"),
        ("fluent", "C1"),
        ("Moderate", ""),
    ],
)
def test_words_for_a_level_are_understood_or_left(words, level):
    assert cefr(words) == level


def test_names_of_languages_and_countries_come_from_their_standards():
    assert (skill_of("de"), skill_of("xx")) == ("German", "")
    assert (country_code("Germany"), country_code("de"), country_code("Atlantis")) == (
        "DE",
        "DE",
        "",
    )


@pytest.mark.django_db
def test_newest_fact_speaks_to_a_criterion():
    german, english = CriterionFactory.build(), CriterionFactory.build(skill="English")
    old = FactFactory(level="C2", at=NOW.replace(year=2020))
    new = FactFactory(candidate=old.candidate, skill="GERMAN", level="B1", at=NOW)

    rows = compare([german, english], [new, old])

    assert [(row.verdict, row.fact) for row in rows] == [("below", new), ("unknown", None)]
    assert must_haves([german, english], [old]) == (1, 2)


@pytest.mark.django_db
def test_score_is_the_sum_of_weight_times_mark_over_four():
    card = ScorecardFactory()
    make = {"criteria_set": card.application.criteria_set, "kind": "weighted"}
    for weight, value in [(60, 3), (40, 2)]:
        card.marks.create(criterion=CriterionFactory(**make, weight=weight), value=value)
    card.marks.create(criterion=CriterionFactory(criteria_set=make["criteria_set"]), value=1)

    assert [(one.mark, one.points) for one in contributions(card)] == [
        (3, Decimal(45)),
        (2, Decimal(20)),
    ]
    assert (score(card), mean_score([card, card]), mean_score([])) == (65, 65, None)
