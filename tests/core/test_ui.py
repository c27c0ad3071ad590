import re
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import Context, Engine
from django.test import RequestFactory
from django.utils import translation

from core import styleguide
from core.templatetags import ui

NOW = datetime(2026, 1, 12, 9, tzinfo=UTC)


def draw(source, **context):
    engine = Engine.get_default()
    return engine.from_string(source).render(Context(context))


def test_bar_divides_its_width_and_leaves_the_rest_empty():
    parts = ui.bar([("Offer", 10), ("Training", 0), ("Live", 30)], total=80)["parts"]

    assert [(part["label"], part["x"], part["width"], part["shade"]) for part in parts] == [
        ("Offer", "0.00%", "12.50%", "s1"),
        ("Live", "12.50%", "37.50%", "s7"),
    ]


def test_bar_of_nothing_is_empty():
    assert "<rect" not in draw("{% bar parts %}", parts=[("Live", 0)])


def test_bar_says_its_numbers_and_escapes_them():
    html = draw("{% bar parts %}", parts=[("<b>", 2), ("Live", 1)])

    assert 'aria-label="&lt;b&gt; 2, Live 1"' in html
    assert "style=" not in html


def test_key_and_bar_use_the_same_shades():
    parts = [("Planned", 1), ("Reserved", 1), ("Live", 1)]

    shades = [part["shade"] for part in ui.bar(parts)["parts"]]

    assert ui.key(parts)["entries"] == list(
        zip(["Planned", "Reserved", "Live"], shades, strict=True)
    )


@pytest.mark.parametrize("why", [{"inputs": {"n": 200}}, SimpleNamespace(inputs=[("n", 200)])])
def test_figure_opens_to_its_inputs(why):
    html = draw("{% figure 69 'seats' why=why %}", why=why)

    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html) == [("n", "200")]


def test_figure_without_why_does_not_open():
    assert "<details" not in draw("{% figure 69 'seats' %}")


@pytest.mark.parametrize(
    ("state", "css"),
    [("live", "tag good"), ("on_hold", "tag warn"), ("void", "tag bad"), ("draft", "tag")],
)
def test_state_has_the_tone_of_its_meaning(state, css):
    subject = SimpleNamespace(state=state, get_state_display=lambda: "Label")

    assert f'<span class="{css}">Label</span>' in draw("{% state subject %}", subject=subject)


@pytest.mark.parametrize(
    ("language", "amount", "expected"),
    [
        ("en", Decimal("2980.00"), "€2,980"),
        ("en", Decimal("2860.5"), "€2,860.50"),
        ("es", Decimal("234820"), "234.820\N{NO-BREAK SPACE}€"),
        ("en", None, "\N{EN DASH}"),
    ],
)
def test_money_is_written_as_the_reader_does(language, amount, expected):
    with translation.override(language):
        assert ui.money(amount, "EUR") == expected


def test_percent_and_number_round():
    assert [ui.percent(0.823), ui.percent(0.823, 1), ui.number(12345.678, 1)] == [
        "82%",
        "82.3%",
        "12,345.7",
    ]


def test_durations_are_told_in_days():
    days = [date(2026, 1, 9), date(2026, 1, 11), date(2026, 1, 12), date(2026, 1, 13)]

    assert [(ui.since(day, NOW), ui.until(day, NOW), ui.urgency(day, NOW)) for day in days] == [
        ("3 days ago", "3 days late", "bad"),
        ("yesterday", "1 day late", "bad"),
        ("today", "today", "warn"),
        ("today", "tomorrow", "warn"),
    ]


@pytest.mark.parametrize(
    ("query", "href", "direction"),
    [
        ("", "?sort=name", ""),
        ("sort=name&page=3&q=x", "?sort=-name&amp;q=x", "ascending"),
        ("sort=-name", "?sort=name", "descending"),
    ],
)
def test_sort_turns_round_and_goes_to_the_first_page(query, href, direction):
    html = draw("{% sort 'name' 'Name' %}", request=RequestFactory().get(f"/?{query}"))

    assert f'href="{href}"' in html
    assert ("aria-sort" in html) == bool(direction)
    assert direction in html


def test_pages_keep_the_filters():
    request = RequestFactory().get("/?q=x&page=2")
    page = Paginator(range(60), 25).page(2)

    html = (
        Engine.get_default()
        .get_template("core/_pages.html")
        .render(Context({"page": page, "request": request}))
    )

    assert re.findall(r'href="(.*?)"', html) == ["?q=x&amp;page=1", "?q=x&amp;page=3"]


def steps(**context):
    sample = styleguide.samples()
    subject, offered = sample["subject"], sample["offered"]
    template = Engine.get_default().get_template("core/_steps.html")
    return template.render(Context({"subject": subject, "offered": offered, **context}))


def test_steps_are_buttons_forms_follow_by_links():
    html = steps()

    assert re.findall(r"<button class=.*?>(.*?)</button>", html) == ["Certify", "Go live"]
    assert re.findall(r"<a class=.*?>(.*?)</a>", html) == ["Extend…", "Fail…"]


def test_step_that_is_blocked_says_why_and_who_can_clear_it():
    html = steps()

    blocked = re.search(r'aria-disabled="true" aria-describedby="(.*?)">Go live', html)
    assert f'id="{blocked[1]}"' in html
    assert re.findall(r'clears">(.*?)<', html) == ["Ana", "M. Hansen"]


def test_step_returns_to_the_page_it_was_taken_on():
    request = RequestFactory().get("/engagements/7/?tab=seats")
    request.htmx = False

    html = steps(request=request)

    assert '<input type="hidden" name="next" value="/engagements/7/?tab=seats">' in html


def test_history_tells_from_where_to_where_by_whom():
    template = Engine.get_default().get_template("core/_history.html")

    html = template.render(Context(styleguide.samples()))

    assert "<b>Hold</b> · Nesting → On hold" in html
    assert "Ewa Nowak" in html


def test_form_shows_errors_on_top_and_beside_the_field():
    html = str(styleguide.samples()["wrong_form"])

    assert '<a href="#id_email">Email</a>: Enter a valid email address.' in html
    assert 'id="id_email_error"' in html
    assert re.search(r'<input[^>]*name="email"[^>]*aria-invalid="true"', html)


def test_styleguide_has_no_inline_style_or_script():
    request = RequestFactory().get("/styleguide/")
    context = Context({"request": request, **styleguide.samples()})
    context.request = request

    html = Engine.get_default().get_template("core/styleguide.html").render(context)

    assert re.findall(r"<style|\sstyle=|<script(?![^>]* src=)|\son\w+=", html) == []
    ids = re.findall(r'\sid="(.*?)"', html)
    assert {one for one in ids if ids.count(one) > 1} <= {f"id_{name}" for name in FORM_IDS}


# The sample form stands on the page twice, empty and sent back.
FORM_IDS = [
    *["name", "email", "email_helptext", "language", "starts_on", "cv", "cv_helptext", "note"],
    *["verdict", "verdict_0", "verdict_1", "verdict_2", "consent"],
    *["shifts", "shifts_0", "shifts_1", "shifts_2"],
]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(part * weight for part, weight in zip(linear, [0.2126, 0.7152, 0.0722], strict=True))


def contrast(one, other):
    high, low = sorted([luminance(one), luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_of_text_have_contrast(scheme):
    with open(finders.find("core/tokens.css")) as css:
        found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css.read())
    token = {name: colours[scheme] for name, *colours in found}
    pairs = [(ink, on) for ink in ["ink", "ink-2", "accent"] for on in ["paper", "card", "sunken"]]
    pairs += [("good", "accent-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"), ("bad", "card")]
    pairs += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("ink", "accent-soft")]
    pairs += [("ink", "warn-soft"), ("ink", "bad-soft")]

    weak = {pair for pair in pairs if contrast(token[pair[0]], token[pair[1]]) < 4.5}
    faint = {on for on in ["paper", "card"] if contrast(token["edge"], token[on]) < 3}

    assert (weak, faint) == (set(), set())


def test_shades_are_the_light_tokens():
    with open(finders.find("core/tokens.css")) as css:
        found = dict(re.findall(r"--(s\d): light-dark\((#\w{6})", css.read()))

    assert found == ui.SHADES


@pytest.mark.parametrize(
    "path", ["fonts/SourceSansPro-Regular.otf", "fonts/SourceSerifPro-Semibold.otf"]
)
def test_fonts_are_static_files(path):
    with open(finders.find(path), "rb") as font:
        assert font.read(4) == b"OTTO"


@pytest.mark.parametrize(
    "path", ["fonts/LICENSE.txt", "fonts/../__init__.py", "SourceSansPro-It.otf"]
)
def test_nothing_else_of_the_font_packages_is_served(path):
    assert not finders.find(path)
