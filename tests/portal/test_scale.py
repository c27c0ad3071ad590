"""The scale set, small: sixty applications in parts of fifteen, each part another kind."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from core import workflow
from core.models import Message
from engagements.models import Engagement
from portal.demo import scale
from recruiting.models import Application, ApplicationLog, Candidate, Fact

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield list(scale.load(NOW, 60, at_once=15))
        transaction.set_rollback(True)


@pytest.fixture
def _inside(loaded):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("_inside")


def test_there_are_as_many_applications_as_were_asked_for(loaded):
    assert loaded == [1, 16, 31, 46, 60]
    assert Application.objects.count() == 60
    assert Candidate.objects.count() >= 50
    assert Fact.objects.count() > 3 * Candidate.objects.count()


def test_engagements_take_turns_in_their_states():
    states = Engagement.objects.order_by("pk").values_list("state", flat=True)

    assert list(states) == ["recruiting", "recruiting", "live", "training", "live"]


def test_an_application_has_ten_lines_of_log_on_average():
    assert ApplicationLog.objects.count() == pytest.approx(600, abs=10)


@pytest.mark.parametrize("model", workflow.machines(), ids=lambda model: model._meta.label)
def test_each_history_is_in_order_and_ends_in_the_state_of_its_row(model):
    initial = workflow.state_field(model).default
    for row in model.objects.prefetch_related("log"):
        log = sorted(row.log.all(), key=lambda line: line.pk)
        times = [line.at for line in log]
        targets = [initial, *(line.target for line in log)]

        assert times == sorted(times)
        assert [line.source for line in log] == targets[:-1]
        assert row.state == targets[-1]


def test_who_applied_by_themselves_was_told_so():
    applied = Application.objects.filter(source="careers")

    told = Counter(Message.objects.values_list("template", flat=True))
    assert told["recruiting.applied"] == applied.count()
    assert told["recruiting.rejection"] == applied.filter(state="rejected").count()
    assert not Message.objects.exclude(to__endswith=".example").exists()


def test_the_database_holds_all_its_constraints():
    assert connection.check_constraints() is None  # it raises for a row that breaks one


def test_it_is_refused_where_people_are_already(settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match=r"in this one there are \d+ candidates, \d+ accounts"):
        call_command("load_scale", applications=10)

    assert Application.objects.count() == 60


def test_it_is_refused_on_an_installation_unless_somebody_says_yes(settings):
    settings.DEMO = settings.DEBUG = False

    with pytest.raises(CommandError, match="Set DEMO or DEBUG to true on a database of its own"):
        call_command("load_scale", applications=10)


@pytest.mark.parametrize("asked", [0, 2_000_000])
def test_a_number_that_makes_no_sense_is_refused(asked):
    with pytest.raises(CommandError, match="Ask for 1 to 1,000,000 applications"):
        call_command("load_scale", applications=asked)
