"""Two versions differ in words and numbers that a person can check."""

import pytest
from django.template.loader import render_to_string

from core.differences import Change, Kind, difference

LABELS = {"value": "Value"}


def one(old, new):
    return difference({"value": old}, {"value": new}, labels=LABELS)


@pytest.mark.parametrize(
    ("old", "new", "before", "after", "note"),
    [
        (40, 50, "40", "50", "+10, +25%"),
        ("1200.00", "1100.00", "1,200", "1,100", "-100, -8.3%"),
        (0, 3, "0", "3", "+3"),
        ("2026-09-01", "2026-09-15", "1 September 2026", "15 September 2026", "14 days later"),
        ("2026-09-02", "2026-09-01", "2 September 2026", "1 September 2026", "1 day earlier"),
        (["PL", "ES"], ["PL"], "PL, ES", "PL", ""),
        (True, False, "yes", "no", ""),
        ("flat", "hierarchical", "flat", "hierarchical", ""),
    ],
)
def test_a_value_changes(old, new, before, after, note):
    assert one(old, new) == [Change("Value", Kind.CHANGED, before, after, note)]


def test_a_value_comes_and_goes_and_stays():
    assert one(None, 3) == [Change("Value", Kind.ADDED, "", "3")]
    assert one("phone", "") == [Change("Value", Kind.REMOVED, "phone", "")]
    assert one("same", "same") == []


def test_longer_texts_differ_word_by_word():
    [change] = one("We answer calls in German", "We answer calls and mails in German")

    assert change.words == [("=", "We answer calls"), ("+", "and mails"), ("=", "in German")]


def test_items_of_a_list_are_the_same_by_their_key_wherever_they_stand():
    labels = {"lines": "Line", "lines.agents": "agents"}
    old = {"lines": [{"name": "A", "agents": 4}, {"name": "B", "agents": 1}]}
    new = {"lines": [{"name": "C", "agents": 2}, {"name": "A", "agents": 5}]}

    assert difference(old, new, labels=labels, keys={"lines": "name"}) == [
        Change("Line A: agents", Kind.CHANGED, "4", "5", "+1, +25%"),
        Change("Line B", Kind.REMOVED, before="B"),
        Change("Line C", Kind.ADDED, after="C"),
    ]


def test_changes_are_told_in_words_and_not_by_colour_alone():
    html = render_to_string("core/_changes.html", {"changes": one("<b>", 3)})

    assert '<del><span class="sr-only">before: </span>&lt;b&gt;</del>' in html
    assert '<ins><span class="sr-only">now: </span>3</ins>' in html


def test_two_items_of_one_key_are_both_told():
    labels = {"lines": "Line", "lines.agents": "agents"}
    old = {"lines": [{"name": "A", "agents": 4}, {"name": "A", "agents": 1}]}
    new = {"lines": [{"name": "A", "agents": 4}]}

    changes = difference(old, new, labels=labels, keys={"lines": "name"})

    assert changes == [Change("Line A (2)", Kind.REMOVED, before="A (2)")]


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        (("20.00", "EUR"), ("25.00", "EUR"), "+€5.00, +25%"),
        (("25.00", "EUR"), ("20.00", "EUR"), "-€5.00, -20%"),
        (("0", "EUR"), ("20.00", "EUR"), "+€20.00"),
        (("20.00", "EUR"), ("20.00", "USD"), "another currency"),
    ],
)
def test_money_changes_in_its_currency(old, new, note):
    sums = [{"amount": amount, "currency": currency} for amount, currency in (old, new)]

    [change] = one(*sums)

    assert change.note == note
    assert change.before == f"€{old[0]}" or old[0] == "0"
