"""A bulk step while somebody else moves one of its rows."""

import pytest

from core import lists
from core.lists import bulk as runs
from core.models import Actor
from core.workflow import StepRefused, take_step
from recruiting.models import Application
from tests.factories.recruiting import ApplicationFactory, RequisitionFactory
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("_round", range(5))
def test_a_row_is_moved_by_one_and_refused_to_the_other(_round):
    requisition, by = RequisitionFactory(state="open"), Actor.objects.system()
    rows = ApplicationFactory.create_batch(3, requisition=requisition)
    listing = lists.find("recruiting.applications", by, requisition.pk)
    advance = next(bulk for bulk in listing.bulk if bulk.name == "advance")
    run = runs.choose(listing, advance, listing.rows().order_by("pk"), by=by)

    told, other = at_once(
        lambda: [
            (line.subject, line.outcome)
            for line in runs.take(listing, advance, run, list(run.rows.all()))
        ],
        lambda: take_step(rows[0], "screen", by=by),
    )

    outcomes = dict(told)
    moved_by_other = not isinstance(other, StepRefused)
    assert outcomes[rows[0].pk] == ("refused" if moved_by_other else "done")
    assert outcomes[rows[1].pk] == outcomes[rows[2].pk] == "done"
    assert {row.state for row in Application.objects.all()} == {"screening"}
    assert all(row.log.count() == 1 for row in Application.objects.all())


def test_two_who_confirm_the_same_run_do_each_row_once():
    requisition, by = RequisitionFactory(state="open"), Actor.objects.system()
    ApplicationFactory.create_batch(4, requisition=requisition)
    listing = lists.find("recruiting.applications", by, requisition.pk)
    hold = next(bulk for bulk in listing.bulk if bulk.name == "hold")
    run = runs.choose(listing, hold, listing.rows(), by=by)

    def confirm():
        return [line.outcome for line in runs.take(listing, hold, run, list(run.rows.all()))]

    assert at_once(confirm, confirm) == [["done"] * 4] * 2
    assert all(row.log.count() == 1 for row in Application.objects.all())
