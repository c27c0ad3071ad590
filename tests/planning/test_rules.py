import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.rules import EXTRA_ROLE, FACTORS, SETTINGS, Rule, recommend
from planning.shipped_rules import DEFAULT_RULES


def rule(factor="agents", operator="at_least", value="10", setting="kind", suggestion="flat"):
    return Rule(factor, operator, value, setting, suggestion, "it is so", "Usual practice")


def values_of(factor):
    if factor.choices:
        return st.sampled_from(factor.choices)
    if factor.is_text:
        return st.sampled_from(["Retail bank", "airline", "e-commerce", "Software"])
    return st.integers(0, 200)


@st.composite
def some_rule(draw):
    factor = draw(st.sampled_from([*FACTORS.values()]))
    setting = draw(st.sampled_from([*SETTINGS.values()]))
    return rule(
        factor.key,
        draw(st.sampled_from(factor.operators)),
        str(draw(values_of(factor))),
        setting.key,
        draw(st.sampled_from([*setting.suggestions])),
    )


some_facts = st.fixed_dictionaries(
    {}, optional={key: st.none() | values_of(factor) for key, factor in FACTORS.items()}
)
some_rules = st.lists(some_rule(), max_size=12)


@given(facts=some_facts, rules=some_rules)
def test_the_same_facts_and_rules_suggest_the_same(facts, rules):
    turned = dict(reversed(facts.items()))

    assert recommend(facts, rules) == recommend(turned, list(rules))


@given(facts=some_facts, rules=some_rules)
def test_the_first_rule_that_holds_decides_and_none_is_lost(facts, rules):
    found = recommend(facts, rules)

    for key, advice in found.advice.items():
        holding = [
            each for each in rules if each.setting == key and each.holds(facts.get(each.factor))
        ]
        told = [cause.rule for cause in (*advice.causes, *advice.overruled)]
        assert sorted(map(id, told)) == sorted(map(id, holding))
        usual = SETTINGS[key].usual
        assert advice.suggestion == (holding[0].suggestion if holding else usual)
        assert {each.rule.suggestion for each in advice.causes} <= {advice.suggestion}
        assert advice.suggestion not in {each.rule.suggestion for each in advice.overruled}


@given(facts=some_facts, rules=some_rules)
def test_rules_that_do_not_hold_change_nothing(facts, rules):
    idle = [each for each in rules if not each.holds(facts.get(each.factor))]
    busy = [each for each in rules if each.holds(facts.get(each.factor))]

    assert recommend(facts, [*idle, *busy]) == recommend(facts, busy)


@given(facts=some_facts, rules=some_rules)
def test_rules_of_one_setting_say_nothing_of_another(facts, rules):
    only = [each for each in rules if each.setting == "kind"]

    assert recommend(facts, rules)["kind"] == recommend(facts, only)["kind"]


@pytest.mark.parametrize(
    ("given_rule", "fact", "holds"),
    [
        (rule(operator="at_least"), 10, True),
        (rule(operator="at_least"), 9, False),
        (rule(operator="at_most"), 10, True),
        (rule(operator="at_most"), 10.5, False),
        (rule(operator="is"), 10.0, True),
        (rule(operator="is_not"), 10, False),
        (rule("complexity", "at_least", "moderate"), "complex", True),
        (rule("complexity", "at_most", "moderate"), "complex", False),
        (rule("business_size", "is", "large"), "", False),
        (rule("industry", "contains", "RETAIL"), "Fashion retail", True),
        (rule("industry", "is", "retail"), "Fashion retail", False),
        (rule("industry", "is_not", "retail"), None, False),
    ],
)
def test_a_rule_holds_when_its_condition_does(given_rule, fact, holds):
    assert given_rule.holds(fact) is holds


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"factor": "weather"}, "Nothing is known of “weather”"),
        ({"operator": "contains"}, "Team size can't be compared so: use is, is not, is at least"),
        ({"factor": "industry"}, "Industry can't be compared so: use is, is not, contains"),
        ({"value": " "}, "Say what it is compared with"),
        ({"value": "many"}, "Team size is a number of 0 or more"),
        ({"value": "-1"}, "Team size is a number of 0 or more"),
        ({"value": "1e3"}, "Team size is a number of 0 or more"),
        ({"value": "nan"}, "Team size is a number of 0 or more"),
        ({"factor": "complexity", "value": "hard"}, "is one of simple, moderate, complex"),
        ({"setting": "colour"}, "“colour” is not decided by rules"),
        ({"suggestion": "pooled"}, "Structure can't be “pooled”: use flat, hierarchical"),
        ({"setting": EXTRA_ROLE, "suggestion": "king"}, "One more role can't be “king”"),
    ],
)
def test_an_impossible_rule_is_refused_with_a_sentence(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        rule(**values)


def test_a_rule_without_reason_or_source_is_refused():
    with pytest.raises(ValueError, match=r"A rule needs its reason. A rule needs its source."):
        Rule("agents", "is", "1", "kind", "flat", " ", "")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"weather": 1}, "“weather” is no factor"),
        ({"agents": "many"}, "Team size is a number of 0 or more, not 'many'"),
        ({"agents": -1}, "Team size is a number of 0 or more, not -1"),
        ({"agents": float("nan")}, "Team size is a number of 0 or more"),
        ({"complexity": "hard"}, "Complexity is one of simple, moderate, complex, not 'hard'"),
    ],
)
def test_an_impossible_fact_is_refused_with_a_sentence(facts, sentence):
    with pytest.raises(ValueError, match=sentence):
        recommend(facts, [])


def test_without_rules_the_usual_is_suggested_and_says_why():
    kind = recommend({}, [])["kind"]

    assert (kind.suggestion, kind.causes) == ("hierarchical", ())
    (line,) = kind.lines
    assert line.startswith("No rule asks for anything else: hierarchical is usual; supervisors")


def test_each_suggestion_names_the_fact_that_caused_it_and_what_it_overruled():
    facts = {"complexity": "complex", "agents": 7, "countries": 2, "business_size": "large"}

    found = recommend(facts, DEFAULT_RULES)

    assert {key: each.suggestion for key, each in found.advice.items()} == {
        "kind": "flat",
        "teams_by": "all",
        "channels": "pooled",
        "share_roles": "yes",
        "follow_sun": "no",
        "tiers": "1",
    }
    (line,) = found["tiers"].lines
    assert line == (
        "Team size: 7 agents → Tiers: one tier, because a second tier of fewer than three experts "
        "keeps its customers waiting (Usual practice: two or three experts for hundreds of "
        "questions make a backlog)"
    )
    assert [each.rule.suggestion for each in found["kind"].overruled] == ["geographic"]
    assert [each.suggestion for each in found.extra_roles] == ["account_manager"]


@pytest.mark.parametrize(
    ("agents", "countries", "kind"),
    [(9, 3, "flat"), (10, 3, "geographic"), (64, 1, "flat"), (65, 1, "hierarchical")],
)
def test_the_shipped_rules_follow_the_number_of_people_and_places(agents, countries, kind):
    assert (
        recommend({"agents": agents, "countries": countries}, DEFAULT_RULES)["kind"].suggestion
        == kind
    )


def test_the_shipped_rules_decide_each_setting_and_cite_nothing_of_ours():
    assert {each.setting for each in DEFAULT_RULES} == set(SETTINGS)
    assert len(set(DEFAULT_RULES)) == len(DEFAULT_RULES) >= 14
    for each in DEFAULT_RULES:
        assert each.source.startswith(("Usual practice", "ICMI 2019"))


@pytest.mark.parametrize(
    ("given_rule", "words"),
    [
        (rule(), "Team size: at least 10 agents"),
        (rule("hours_per_week", "is_not", "37.5"), "Open hours: not 37.5 a week"),
        (rule("complexity", "is", "complex"), "Complexity: complex"),
        (rule("industry", "contains", "retail"), "Industry: contains retail"),
    ],
)
def test_a_condition_is_written_as_it_is_read(given_rule, words):
    assert given_rule.condition == words
