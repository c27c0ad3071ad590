from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import workflow
from core.models import Actor
from core.workflow import Line, StepRefused, adopt, blockers, take_step
from tests.factories.core import NOW
from tests.factories.vendors import VendorFactory
from vendors.models import Vendor

pytestmark = pytest.mark.django_db


def test_every_step_of_every_machine_is_fully_declared():
    for model in workflow.machines():
        states = dict(workflow.state_field(model).choices)
        for step in model().get_all_state_transitions():
            assert step.source in states, (model, step.name)
            assert step.permission or step.custom.get("automatic"), (model, step.name)
            for condition in workflow.guards_of(model(), step):
                assert condition.blocker.reason, (model, step.name)
                assert condition.blocker.clears, (model, step.name)


def test_every_machine_has_rows_and_a_log():
    for model in workflow.machines():
        assert hasattr(model._default_manager.all(), "visible_to"), model
        assert model._meta.get_field("log").related_model, model


def test_step_moves_saves_and_logs(actor_as):
    bizdev = actor_as("BizDev")
    vendor = VendorFactory()

    take_step(vendor, "submit", by=bizdev, at=NOW, note="All papers are in")

    assert Vendor.objects.get().state == "in_review"
    line = vendor.log.get()
    assert (line.step, line.source, line.target) == ("submit", "prospect", "in_review")
    assert (line.by, line.at, line.note) == (bizdev, NOW, "All papers are in")


def test_step_already_taken_is_refused_and_leaves_no_line(actor_as):
    seen_by_both = VendorFactory()
    take_step(seen_by_both, "submit", by=actor_as("BizDev"))

    with pytest.raises(StepRefused, match="it is in review"):
        take_step(seen_by_both, "submit", by=actor_as("BizDev"))

    assert seen_by_both.log.count() == 1


def test_step_needs_its_permission(actor_as):
    with pytest.raises(PermissionDenied):
        take_step(VendorFactory(), "submit", by=actor_as("Trainer"))


def test_refusal_names_every_reason_and_who_can_clear_it(actor_as):
    vendor = VendorFactory(state="in_review", name="Polaris")

    found = blockers(vendor, "approve", actor_as("HR director"))

    assert [str(blocker) for blocker in found] == [
        (
            "Missing or expired: company registration, data processing agreement, "
            "liability insurance. (Polaris)"
        ),
        "Nobody at the vendor has access yet: invite a person. (our staff)",
    ]


@pytest.mark.parametrize("name", ["delete", "save", "__init__", "sale"])
def test_only_transitions_are_steps(name, actor_as):
    vendor = VendorFactory()

    with pytest.raises(StepRefused):
        take_step(vendor, name, by=actor_as("Administrator"))

    assert Vendor.objects.filter(pk=vendor.pk).exists()


def test_adopt_takes_over_rows_with_their_histories():
    system = Actor.objects.system()
    lines = [Line("submit", NOW, system), Line("send_back", NOW + timedelta(days=1), system)]

    adopt([(Vendor(name="A", country="PL"), lines), (Vendor(name="B", country="PL"), lines[:1])])

    assert list(Vendor.objects.values_list("name", "state")) == [
        ("A", "prospect"),
        ("B", "in_review"),
    ]
    assert [line.target for line in Vendor.objects.get(name="A").log.all()] == [
        "in_review",
        "prospect",
    ]


@pytest.mark.parametrize("steps", [["approve"], ["submit", "submit"]])
def test_adopt_takes_nothing_of_a_history_the_machine_does_not_know(steps):
    system = Actor.objects.system()

    with pytest.raises(StepRefused):
        adopt([(Vendor(name="A", country="PL"), [Line(step, NOW, system) for step in steps])])

    assert not Vendor.objects.exists()


def test_state_cannot_be_assigned():
    with pytest.raises(AttributeError):
        VendorFactory().state = "approved"
