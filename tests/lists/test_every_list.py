"""What every list keeps to, whatever it lists: each rule is asked of each declaration."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core import lists
from core.lists.declared import check
from core.lists.pages import Shown
from core.lists.selection import form_of
from core.models import Job, ListChoice, User
from engagements.models import Seat
from tests.factories.engagements import LineOfBusinessFactory, SeatFactory
from tests.factories.vendors import SiteFactory
from tests.lists.rows import MAKE, listing

pytestmark = pytest.mark.django_db
every_list = pytest.mark.parametrize("key", sorted(MAKE))
NAMELESS = {"portal.vendor_documents"}  # it shows nothing that anybody typed
FORMULA = '=HYPERLINK("x")'


def pks(response):
    return [row.pk for row, _ in response.context["list"].lines]


def show_every_column(shown):
    names = [column.name for column in shown.columns]
    ListChoice.objects.create(user=shown.actor.user, list_key=shown.key, columns=names)


def downloaded(response):
    return b"".join(response.streaming_content)


def as_csv(response):
    return list(csv.reader(io.StringIO(downloaded(response).decode().removeprefix("\ufeff"))))


def as_xlsx(response):
    sheet = load_workbook(io.BytesIO(downloaded(response))).active
    return [list(row) for row in sheet.iter_rows()]


def test_no_list_is_without_a_row_here():
    assert [listed.key for listed in lists.declared()] == sorted(MAKE)


@every_list
def test_it_takes_the_same_few_queries_for_one_row_and_for_three(key, world, browser_of):
    browser, shown = browser_of(key), listing(key, world)
    show_every_column(shown)
    MAKE[key](world, "Row 0")
    browser.get(shown.address())  # what is looked up once for a process

    counts = []
    for number in (1, 2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = browser.get(shown.address())
        counts.append((len(asked), len(pks(page))))
        MAKE[key](world, f"Row {number}")
        MAKE[key](world, f"Row {number}0")

    (queries, few), (more_queries, more) = counts
    assert (queries, more - few >= 2) == (more_queries, True)
    assert queries <= 17


@every_list
def test_it_sorts_by_each_column_both_ways_and_leaves_nobody_out(key, world, browser_of):
    browser, shown = browser_of(key), listing(key, world)
    for number in range(3):
        MAKE[key](world, f"Row {number}")
    show_every_column(shown)
    everybody = sorted(pks(browser.get(shown.address())))

    for column in browser.get(shown.address()).context["list"].columns:
        if column.sort:
            up = browser.get(shown.address(), {"sort": column.name})
            down = browser.get(shown.address(), {"sort": f"-{column.name}"})
            assert sorted(pks(up)) == sorted(pks(down)) == everybody, column.name
            assert 'aria-sort="ascending"' in up.content.decode(), column.name
            assert 'aria-sort="descending"' in down.content.decode(), column.name


def sample(field):
    """Return what a person might choose in a filter."""
    if hasattr(field, "queryset"):
        return str(field.queryset.first().pk)
    if hasattr(field, "choices"):
        return str(next(value for value, _ in field.choices if value))
    kinds = {"DateField": "2026-01-01", "DecimalField": "1", "BooleanField": "on"}
    return kinds.get(type(field).__name__, "nobody is called so")


@every_list
def test_it_is_filtered_by_each_filter_and_says_so(key, world, browser_of):
    browser, shown = browser_of(key), listing(key, world)
    MAKE[key](world, "Row")
    if key == "engagements.seats":
        world.engagement.teams.create(name="Team")
        line = LineOfBusinessFactory(requirements__engagement=world.engagement)
        SeatFactory(engagement=world.engagement, line=line, site=SiteFactory(), tier=2)

    for name, field in form_of(shown, {}).fields.items():
        page = browser.get(shown.address(), {name: sample(field)})
        chips = page.context["list"].chips
        assert (page.status_code, page.context["list"].selection.is_valid) == (200, True), name
        assert [list(chip.names) for chip, _ in chips] == [[name]], name
        if name in {"q", "to"}:
            assert pks(page) == []
        without = browser.get(shown.address() + chips[0][1])
        assert without.context["list"].chips == [], name


@every_list
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_exports_what_is_visible_and_no_formula(key, kind, world, browser_of):
    browser, shown = browser_of(key), listing(key, world)
    MAKE[key](world, FORMULA)
    show_every_column(shown)

    response = browser.get(shown.address(), {"export": kind})

    table = as_csv(response) if kind == "csv" else as_xlsx(response)
    values = table if kind == "csv" else [[cell.value for cell in row] for row in table]
    page = browser.get(shown.address())
    assert values[0] == [str(column.label) for column in page.context["list"].columns]
    assert len(values) - 1 == len(pks(page))
    texts = [text for row in values for text in row if isinstance(text, str)]
    assert any(FORMULA in text for text in texts) or key in NAMELESS
    assert not any(text.startswith(("=", "@", "+", "-", "\t", "\r")) for text in texts)
    if kind == "xlsx":
        assert "f" not in {cell.data_type for row in table for cell in row}


def others_row(key, world):
    """Make a row of the same kind that belongs to somebody else."""
    world.vendor, world.client = world.other_vendor, world.other_client
    return MAKE[key](world, "Of others")


@pytest.mark.parametrize("key", [key for key in sorted(MAKE) if key.startswith("portal.")])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_belongs_to_another_company_is_neither_shown_nor_exported(
    key, kind, world, browser_of
):
    own = MAKE[key](world, "Own row")
    shown, browser = listing(key, world), browser_of(key)
    others_row(key, world)

    table = browser.get(shown.address(), {"export": kind})

    assert pks(browser.get(shown.address())) == [own.pk]
    assert len(as_csv(table) if kind == "csv" else as_xlsx(table)) == 2


@every_list
def test_whoever_has_no_right_to_it_gets_no_view_export_or_bulk_step(key, world):
    stranger = world.users["other vendor" if not key.startswith("portal.vendor") else "QA"]

    with pytest.raises(PermissionDenied):
        lists.find(key, stranger.actor, world.engagement.pk)


def test_a_long_list_says_so_and_is_exported_by_a_job(world, browser_of, monkeypatch):
    browser, shown = browser_of("core.mail"), listing("core.mail", world)
    for number in range(3):
        MAKE["core.mail"](world, f"Mail {number}")
    for module in ("selection", "pages"):
        monkeypatch.setattr(f"core.lists.{module}.CAP", 2)
        monkeypatch.setattr(f"core.lists.{module}.PAGE", 1)

    pages = [browser.get(shown.address(), {"page": number}) for number in ("1", "3", "9", "x")]
    looked_at = browser.get(shown.address(), {"export": "csv"}, follow=True)

    assert [row.subject_line for page in pages for row, _ in page.context["list"].lines] == [
        "Mail 2",
        "Mail 0",
        "Mail 0",
        "Mail 2",
    ]
    assert "More than 2 mails" in pages[0].content.decode()
    assert "press the button below the list" in looked_at.content.decode()
    assert "All that match, made by a job:" in pages[0].content.decode()
    assert not Job.objects.filter(name="core.export_list").exists()


def test_a_column_may_need_a_right_of_its_own(world):
    class Guarded(lists.List):
        key, title, permission = "tests.guarded", "Guarded", ""
        noun = "%(count)s"
        route, model, sort = "core:people", User, "name"
        columns = (
            lists.Column("name", "Name", sort="name"),
            lists.Column("pay", "Pay", value="pk", sort="pk", permission="core.manage_people"),
        )

        def rows(self):
            return User.objects.all()

    seen = {}
    for who in ("Administrator", "QA"):
        page = Shown(Guarded(world.users[who].actor), QueryDict("sort=pay"))
        seen[who] = ([column.name for column in page.columns], page.sort)

    assert seen == {"Administrator": (["name", "pay"], "pay"), "QA": (["name"], "name")}


@pytest.mark.parametrize(
    ("bulk", "why"),
    [
        (lists.Bulk(name="x", step="no_such_step"), "has no step"),
        (lists.Bulk(name="x", step="approve"), "not taken by hand alone"),
    ],
)
def test_a_step_that_is_not_taken_so_is_refused_when_lists_are_loaded(bulk, why):
    class Wrong(lists.List):
        key, model = "tests.wrong", Seat

    with pytest.raises(TypeError, match=why):
        check(Wrong, bulk)
