"""What our logs say of slow statements, and of pages that ask the same again and again."""

import logging

import pytest
from django.db import transaction
from django.http import HttpResponse

from core import logs, queries
from core.models import User

pytestmark = pytest.mark.django_db


def asks(name, times):
    return [User.objects.filter(name=name).exists() for _ in range(times)]


@pytest.fixture
def get(rf, caplog):
    """Return a function that opens a page which asks the same so many times; it returns the log."""
    caplog.set_level(logging.INFO, logger="cadre")

    def ask(times, method="get"):
        def page(request):
            return HttpResponse(str(asks("Ana Nowak", times)))

        logs.requests(page)(getattr(rf, method)("/"))
        return caplog.records

    return ask


def test_line_of_a_request_says_how_much_it_asked(get):
    (line,) = get(3)

    assert line.queries == 3
    assert line.database_ms > 0


def test_slow_statement_is_logged_without_its_values(get, settings):
    settings.SLOW_QUERY_MS = 0

    slow, _line = get(1)

    assert slow.getMessage().startswith("slow: ")
    assert 'FROM "core_user"' in slow.getMessage()
    assert "Ana" not in slow.getMessage()


@pytest.mark.repeats
def test_page_that_asks_for_each_row_is_told(get, settings):
    settings.REPEATED_QUERIES = 4

    _line, told = get(5)

    assert told.getMessage().startswith("repeated in -: 5 times: SELECT")


@pytest.mark.parametrize(("times", "method"), [(4, "get"), (5, "post")])
def test_few_are_allowed_and_so_are_writes_row_by_row(times, method, get, settings):
    settings.REPEATED_QUERIES = 4

    assert len(get(times, method)) == 1


def test_blocks_of_transactions_are_no_questions():
    with queries.watched() as watch, transaction.atomic(), transaction.atomic():
        asks("Ana Nowak", 2)

    assert [times for _sql, times in watch.statements.items()] == [2]
