import re

import pytest

from core import charts

ROWS = [("08:00", 22), ("08:30", 31), ("09:00", 58)]
PICTURES = {
    "bars": lambda: charts.bars(ROWS, line=[20, 30, 60], label="Contacts & <agents>"),
    "lines": lambda: charts.lines(
        ["a", "b"], [[1, 2], [1, 3], [0, 1]], label="Contacts & <agents>"
    ),
    "stacked": lambda: charts.stacked(
        [("a", [1, 2]), ("b", [3, 0])], parts=["Open", "Live"], label="Contacts & <agents>"
    ),
}


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_chart_passes_the_content_security_policy(picture):
    svg = picture()

    assert re.findall(r"style|<script|\sid=|\son\w+=|url\(", svg) == []


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_chart_has_the_same_bytes_each_time(picture):
    assert picture() == picture()


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_chart_is_an_image_with_a_name_wide_and_small(picture):
    svg = picture()

    assert svg.count('role="img" aria-label="Contacts &amp; &lt;agents&gt;"') == 2
    assert re.findall(r'class="plot (\w+)" viewBox="(.*?)"', svg) == [
        ("wide", "0 0 760 260"),
        ("small", "0 0 340 220"),
    ]


def test_bars_has_a_bar_for_each_row_and_one_line():
    wide = PICTURES["bars"]().split("</svg>")[0]

    assert (wide.count("fill-s5"), wide.count("stroke-ink")) == (3, 1)


def test_bars_keeps_their_order_and_names_the_axis():
    wide = PICTURES["bars"]().split("</svg>")[0]

    assert re.findall(r"<tspan>(\d\d:\d\d)</tspan>", wide) == ["08:00", "08:30", "09:00"]


def test_bars_names_few_of_many_on_a_phone():
    rows = [(str(number), 1) for number in range(1000, 1048)]

    small = charts.bars(rows, label="Many").split("</svg>")[1]

    assert len(re.findall(r"<tspan>\d{4}</tspan>", small)) == 5


def test_stacked_has_the_colours_of_its_key():
    wide = PICTURES["stacked"]().split("</svg>")[0]

    assert (wide.count("fill-s1"), wide.count("fill-s7")) == (2, 2)


def test_names_are_escaped():
    assert "<script>" not in charts.bars([("<script>", 1)], label="x")


def test_chart_of_nothing_is_empty():
    assert charts.bars([], label="x") == ""
