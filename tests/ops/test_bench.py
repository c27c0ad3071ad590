"""What `make bench` makes of its figures: which budgets are missed, and the table."""

import pytest

from ops.bench import sizes_of
from ops.bench_verdicts import (
    Measure,
    as_json,
    missed_others,
    missed_pages,
    quantile,
    table,
    table_of_others,
)
from ops.state import Refused


def measured(kind="list", name="Candidates", queries=11, p50=20.0, p95=30.0, size=50_000):
    return Measure(kind, name, queries, p50, p95, p50, p95, size)


def said(found):
    return [str(each) for each in missed_pages(found)]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 6), (0.95, 10), (0, 1), (1, 10)])
def test_quantile_is_one_of_the_measured_times(share, expected):
    assert quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share) == expected


def test_figures_within_every_budget_miss_none():
    assert said({1000: [measured()], 100_000: [measured(p50=39)]}) == []


@pytest.mark.parametrize("kind", ["board", "list", "candidate", "engagement", "portal"])
def test_a_page_that_must_ask_few_queries_is_told_by_their_number(kind):
    assert said({1000: [measured(kind, queries=16)]}) == [
        "Candidates: 16 queries at 1,000, 15 are allowed"
    ]


def test_other_pages_may_ask_more_queries():
    assert said({1000: [measured("requisition", queries=16)]}) == []


@pytest.mark.parametrize(
    ("kind", "p95", "expected"),
    [
        ("list", 149.0, []),
        ("list", 150.0, ["Candidates: p95 150 ms at 1,000, below 150 is asked"]),
        ("search", 100.0, ["Candidates: p95 100 ms at 1,000, below 100 is asked"]),
        ("step", 99.0, []),
    ],
)
def test_slow_pages_are_told_and_search_must_be_quicker(kind, p95, expected):
    assert said({1000: [measured(kind, p95=p95)]}) == expected


def test_a_page_that_grows_is_told_at_the_size_where_it_did():
    found = {
        1000: [measured(p50=20)],
        10_000: [measured(p50=39)],
        100_000: [measured(p50=50)],
    }

    assert said(found) == ["Candidates: 2.5 times as slow at 100,000, 2 is allowed"]


def test_a_short_list_is_no_measure_for_a_long_one():
    found = {
        1000: [measured(p50=5, size=4_000)],
        10_000: [measured(p50=20)],
        100_000: [measured(p50=30)],
    }

    assert said(found) == []


def test_a_home_may_take_longer_the_more_there_is_on_it():
    assert said({1000: [measured("home", p50=5)], 100_000: [measured("home", p50=50)]}) == []


def test_other_figures_are_held_against_their_own_budgets():
    missed = missed_others({"funnel": 1.2, "contract": 1.15, "week": 99.0})

    assert [str(each) for each in missed] == ["Funnel over the whole log: 1.2 s, 1 is allowed"]


def test_the_table_has_a_line_for_each_page_and_a_column_for_each_size():
    found = {
        1000: [measured(queries=9)],
        100_000: [measured(p50=25), measured("class", "Class", 8, size=2048)],
    }

    head, candidates, taught = table(found).splitlines()
    assert head.split() == ["page", "queries", "1,000", "100,000", "kB"]
    words = ["Candidates", "9", "to", "11", "20", "/", "30", "ms", "25", "/", "30", "ms", "49"]
    assert candidates.split() == words
    assert taught.split() == ["Class", "8", "20", "/", "30", "ms", "2"]


def test_the_table_of_others_names_each_budget():
    assert table_of_others({"week": 9.91}).split() == [
        *[
            "Plan",
            "of",
            "a",
            "week,",
            "336",
            "half-hours",
            "of",
            "5",
            "lines",
            "9.91",
            "ms",
            "(at",
            "most",
            "100)",
        ]
    ]


def test_the_file_holds_all_figures_and_what_is_missed():
    found = {1000: [measured(queries=16)]}

    assert as_json(found, {"week": 9.0}, missed_pages(found)) == {
        "pages": {
            "1000": [
                {
                    "kind": "list",
                    "name": "Candidates",
                    "queries": 16,
                    "p50": 20.0,
                    "p95": 30.0,
                    "passed_p50": 20.0,
                    "passed_p95": 30.0,
                    "size": 50_000,
                }
            ]
        },
        "others": {"week": 9.0},
        "missed": ["Candidates: 16 queries at 1,000, 15 are allowed"],
    }


def test_sizes_are_read_in_order_and_once():
    assert sizes_of("10000, 1000,1000") == [1000, 10_000]


@pytest.mark.parametrize("text", ["", "99", "1000,many", "2000000", "-1000"])
def test_sizes_that_cannot_be_measured_are_refused(text):
    with pytest.raises(Refused, match="Give sizes from 100 to 1,000,000"):
        sizes_of(text)
