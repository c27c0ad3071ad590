"""Guards that upper apps add, and how pages show steps, blockers and histories."""

import pytest
from django.template import Context, Template

from core import workflow
from core.models import Actor
from core.workflow import Blocker, StepRefused, add_guard, blockers, guard, take_step
from tests.factories.core import NOW
from tests.factories.vendors import VendorFactory
from tests.races import at_once
from vendors.models import Vendor


@pytest.fixture
def _no_added_guards(monkeypatch):
    monkeypatch.setattr(workflow, "_added", {})


@guard("The insurer has not answered.", clears="Ana")
def is_insured(vendor):
    return vendor.notes == "insured"


@guard("Papers are missing.", clears="the vendor")
def has_papers(vendor):
    return vendor.country == "PL" or Blocker("2 of 3 papers are missing.", "Jan", "/papers/")


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_added_guards")
def test_added_guard_refuses_with_its_reason_until_it_is_cleared(actor_as):
    add_guard("vendors.Vendor", "submit", is_insured)
    vendor, bizdev = VendorFactory(), actor_as("BizDev")

    found = blockers(vendor, "submit", bizdev)
    with pytest.raises(StepRefused, match=r"^The insurer has not answered\.$"):
        take_step(vendor, "submit", by=bizdev)
    Vendor.objects.filter(pk=vendor.pk).update(notes="insured")

    assert found == [Blocker("The insurer has not answered.", "Ana")]
    assert take_step(vendor, "submit", by=bizdev).state == "in_review"


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_added_guards")
def test_guard_added_twice_is_asked_once(actor_as):
    add_guard("vendors.Vendor", "submit", is_insured)
    add_guard("vendors.Vendor", "submit", is_insured)

    assert len(blockers(VendorFactory(), "submit", actor_as("BizDev"))) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_added_guards")
def test_guard_may_know_more_than_its_general_reason(actor_as):
    add_guard("vendors.Vendor", "submit", has_papers)

    found = blockers(VendorFactory(country="DE"), "submit", actor_as("BizDev"))

    assert found == [Blocker("2 of 3 papers are missing.", "Jan", "/papers/")]
    assert blockers(VendorFactory(), "submit", actor_as("BizDev")) == []


def test_guard_without_a_reason_is_not_taken():
    with pytest.raises(TypeError, match="has no reason"):
        add_guard("vendors.Vendor", "submit", lambda vendor: False)


def test_every_added_guard_guards_a_step_that_exists():
    known = {
        (model._meta.label, step.name)
        for model in workflow.machines()
        for step in model().get_all_state_transitions()
    }

    assert set(workflow._added) - known == set()


@pytest.mark.django_db
def test_step_without_the_right_is_blocked_by_that(actor_as):
    found = blockers(VendorFactory(), "submit", actor_as("Trainer"))

    assert found == [Blocker("You have no right to do this.", "an administrator")]


def drawn(tag, subject, actor, rf):
    request = rf.get("/vendors/1/")
    request.actor, request.user, request.htmx = actor, actor.user, False
    return Template(f"{{% {tag} subject %}}").render(
        Context({"request": request, "subject": subject, "csrf_token": "t"})
    )


@pytest.mark.django_db
def test_steps_show_a_button_or_why_there_is_none(actor_as, rf):
    vendor = VendorFactory(state="in_review")

    html = drawn("steps", vendor, actor_as("HR director"), rf)

    assert f'action="/steps/vendors.vendor/{vendor.pk}/send_back/"' in html
    assert f'action="/steps/vendors.vendor/{vendor.pk}/approve/"' not in html
    assert "Nobody at the vendor has access yet: invite a person." in html
    assert "our staff" in html


@pytest.mark.django_db
def test_steps_of_others_are_not_shown(actor_as, rf):
    html = drawn("steps", VendorFactory(), actor_as("Trainer"), rf)

    assert "<form" not in html
    assert "There is nothing for you to do here." in html


@pytest.mark.django_db
def test_history_names_who_did_what_from_where_to_where(actor_as, rf):
    vendor = VendorFactory()
    ana = actor_as("BizDev", name="Ana Prus")
    take_step(vendor, "submit", by=ana, at=NOW, note="<b>All in</b>")

    html = drawn("history", vendor, ana, rf)

    shown = ["Send to review", "prospect → in review", "Ana Prus", "2 Mar 2026, 09:00"]
    assert [text for text in shown if text not in html] == []
    assert "&lt;b&gt;All in" in html


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_four_who_press_the_same_step_one_wins_and_three_are_told():
    vendor, system = VendorFactory(), Actor.objects.system()

    found = at_once(*[lambda: take_step(vendor, "submit", by=system)] * 4)

    refusals = [answer for answer in found if isinstance(answer, StepRefused)]
    assert [str(each) for each in refusals] == ["This is no longer possible: it is in review."] * 3
    assert Vendor.objects.get().state == "in_review"
    assert vendor.log.count() == 1
