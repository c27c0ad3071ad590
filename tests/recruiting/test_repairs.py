"""What must not happen again: a row that stops the rest, a way round a requisition that is over."""

import pytest

from core.daily import one_by_one
from core.models import Actor
from core.workflow import StepRefused, take_step
from recruiting.models import Application
from tests.factories.recruiting import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_one_row_that_fails_does_not_stop_the_rest(caplog):
    rows = [ApplicationFactory() for _ in range(3)]

    def do(row):
        if row == rows[0]:
            raise ValueError("broken")
        return row == rows[1]

    assert one_by_one(rows, do) == 1
    assert f"recruiting.application {rows[0].pk} failed" in caplog.text


@pytest.mark.parametrize("state", ["closed", "cancelled", "filled"])
def test_no_rejection_is_undone_for_a_requisition_that_is_over(state):
    row = ApplicationFactory(state="rejected", left_state="screening", requisition__state=state)

    with pytest.raises(StepRefused, match="not open"):
        take_step(row, "undo_rejection", by=Actor.objects.system())
    assert Application.objects.get(pk=row.pk).state == "rejected"
