from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Effect
from core.workflow import StepRefused
from engagements.models import Milestone, Seat
from recruiting.models import Offer
from tests.factories.recruiting import ApplicationFactory
from tests.factories.training import EnrolmentFactory, TrainingClassFactory, hired
from training import actions
from training.models import Certificate, Enrolment, TrainingClass

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(actor_as):
    return actor_as("Trainer")


def seat_states():
    return list(Seat.objects.order_by("number").values_list("state", flat=True))


def enrolled(training_class, count, trainer):
    people = [hired(training_class.engagement) for _ in range(count)]
    return [actions.enrol(person, training_class, by=trainer) for person in people]


def test_whole_way_from_enrolment_to_a_live_seat(trainer):
    row = TrainingClassFactory(state="open")
    [enrolment] = enrolled(row, 1, trainer)

    actions.start_class(row, by=trainer)
    assert (Enrolment.objects.get().state, seat_states()) == ("in_class", ["in_training"])
    actions.enter_scores(row, scores={enrolment.pk: Decimal(92)}, by=trainer)
    actions.take_step(enrolment, "assess", by=trainer)
    actions.nest(enrolment, by=trainer)
    assert (Enrolment.objects.get().state, seat_states()) == ("nesting", ["nesting"])
    certificate = actions.certify(enrolment, by=trainer)

    assert (Enrolment.objects.get().state, seat_states()) == ("certified", ["live"])
    assert certificate.number == f"CERT-{certificate.issued_on.year}-0001"
    assert certificate.expires_on == row.programme.expires_on(certificate.issued_on)
    assert Effect.objects.get(name="training.render_certificate").payload == {
        "certificate": certificate.pk
    }


def test_enrolled_person_takes_the_seat_of_their_offer(trainer):
    row = TrainingClassFactory(state="open")
    person = hired(row.engagement)

    enrolment = actions.enrol(person, row, by=trainer)

    assert enrolment.seat == person.offers.get().seat
    assert list(actions.eligible(row)) == []


def test_eligible_are_the_hired_of_the_engagement_who_hold_a_seat():
    row = TrainingClassFactory(state="open")
    person = hired(row.engagement)
    hired(TrainingClassFactory().engagement)
    gone = hired(row.engagement, ended_at=row.created_at)
    busy = hired(row.engagement)
    EnrolmentFactory(training_class=row, application=busy, seat=busy.offers.get().seat)

    assert list(actions.eligible(row)) == [person]
    assert gone.state == "hired"


@pytest.mark.parametrize("state", ["planned", "running", "completed", "cancelled"])
def test_only_an_open_class_takes_people(state, trainer):
    row = TrainingClassFactory(state=state)

    with pytest.raises(StepRefused, match="The class takes nobody"):
        enrolled(row, 1, trainer)

    assert not Enrolment.objects.exists()


def test_places_are_not_overfilled(trainer):
    row = TrainingClassFactory(state="open", places=1)
    EnrolmentFactory(training_class=row, state="withdrawn")
    enrolled(row, 1, trainer)

    with pytest.raises(StepRefused, match="All 1 places are taken"):
        enrolled(row, 1, trainer)


def test_nobody_is_enrolled_twice_or_without_an_accepted_offer(trainer):
    row = TrainingClassFactory(state="open")
    [enrolment] = enrolled(row, 1, trainer)
    requisition = enrolment.application.requisition

    with pytest.raises(StepRefused, match="is in a class already"):
        actions.enrol(enrolment.application, row, by=trainer)
    with pytest.raises(StepRefused, match="has accepted no offer"):
        actions.enrol(ApplicationFactory(requisition=requisition, state="hired"), row, by=trainer)


def test_person_hired_elsewhere_is_not_enrolled(trainer):
    row = TrainingClassFactory(state="open")
    stranger = hired(TrainingClassFactory().engagement)

    with pytest.raises(StepRefused, match="is not hired for this engagement"):
        actions.enrol(stranger, row, by=trainer)


@pytest.mark.parametrize(
    ("leave", "state"), [(actions.fail, "failed"), (actions.withdraw, "withdrawn")]
)
def test_leaving_vacates_the_seat_and_ends_the_offer(leave, state, trainer):
    row = TrainingClassFactory(state="open")
    [enrolment] = enrolled(row, 1, trainer)
    actions.start_class(row, by=trainer)

    leave(enrolment, note="Found other work.", by=trainer)

    enrolment = Enrolment.objects.get()
    assert (enrolment.state, seat_states()) == (state, ["vacated"])
    assert enrolment.log.last().note == "Found other work."
    assert Offer.objects.get().ended_at is not None
    assert list(actions.eligible(row)) == []


def test_cancelled_class_leaves_its_people_their_seats(trainer):
    row = TrainingClassFactory(state="open")
    enrolled(row, 2, trainer)

    actions.cancel_class(row, by=trainer)

    assert TrainingClass.objects.get().state == "cancelled"
    assert [e.state for e in Enrolment.objects.all()] == ["withdrawn", "withdrawn"]
    assert seat_states() == ["reserved", "reserved"]
    assert len(list(actions.eligible(row))) == 2


def test_scores_are_taken_from_those_in_class_only(trainer):
    row = TrainingClassFactory(state="running")
    present = EnrolmentFactory(training_class=row, state="assessment")
    gone = EnrolmentFactory(training_class=row, state="certified", score=90)
    elsewhere = EnrolmentFactory(state="assessment")
    scores = {present.pk: Decimal(81), gone.pk: Decimal(1), elsewhere.pk: Decimal(1)}

    assert actions.enter_scores(row, scores=scores, by=trainer) == 1

    assert dict(Enrolment.objects.values_list("pk", "score")) == {
        present.pk: 81,
        gone.pk: 90,
        elsewhere.pk: None,
    }


def test_timeline_tells_of_the_first_class_and_of_the_certified(trainer):
    row = TrainingClassFactory(state="planned")
    actions.schedule_class(row, by=trainer)
    first = Milestone.objects.get(key="first_class")
    assert (first.due_on, first.done_at) == (row.starts_on, None)

    actions.take_step(row, "open", by=trainer)
    one, _ = enrolled(row, 2, trainer)
    actions.start_class(row, by=trainer)
    assert Milestone.objects.get(key="first_class").done_at is not None
    actions.enter_scores(row, scores={one.pk: Decimal(92)}, by=trainer)
    actions.take_step(one, "assess", by=trainer)
    actions.nest(one, by=trainer)
    actions.certify(one, by=trainer)

    milestone = Milestone.objects.get(key="certified")
    assert (str(milestone), milestone.done_at) == ("1 of 2 people certified", None)


def test_last_certificate_finishes_the_milestone(trainer):
    row = EnrolmentFactory(state="nesting", score=90, seat__state="nesting")

    actions.certify(row, by=trainer)

    milestone = Milestone.objects.get(key="certified")
    assert str(milestone) == "1 of 1 people certified"
    assert milestone.done_at is not None


def test_certificate_is_refused_below_the_mark_and_moves_no_seat(trainer):
    row = EnrolmentFactory(state="nesting", score=79, seat__state="nesting")

    with pytest.raises(StepRefused, match="pass mark 80"):
        actions.certify(row, by=trainer)

    assert (seat_states(), Certificate.objects.count()) == (["nesting"], 0)


def test_actions_need_their_right(actor_as):
    recruiter = actor_as("Recruiter")
    row = TrainingClassFactory(state="open")
    person = EnrolmentFactory(training_class=row)

    for refused in (
        lambda: actions.schedule_class(row, by=recruiter),
        lambda: actions.enrol(hired(row.engagement), row, by=recruiter),
        lambda: actions.start_class(row, by=recruiter),
        lambda: actions.enter_scores(row, scores={}, by=recruiter),
        lambda: actions.withdraw(person, note="", by=recruiter),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert (Enrolment.objects.get().state, seat_states()[0]) == ("enrolled", "reserved")


def test_seat_of_somebody_in_a_class_is_vacated_by_taking_them_out_only(trainer, actor_as):
    row = TrainingClassFactory(state="open")
    [enrolment] = enrolled(row, 1, trainer)

    with pytest.raises(StepRefused, match="is not through: withdraw them there"):
        actions.take_step(enrolment.seat, "vacate", by=actor_as("Delivery manager"))
    actions.withdraw(enrolment, note="Left.", by=trainer)

    assert (Enrolment.objects.get().state, seat_states()) == ("withdrawn", ["vacated"])


def test_class_edited_in_an_old_form_keeps_its_state(trainer):
    row = TrainingClassFactory(state="open")
    TrainingClass.objects.filter(pk=row.pk).update(state="running")

    actions.schedule_class(row, by=trainer)

    assert TrainingClass.objects.get().state == "running"
