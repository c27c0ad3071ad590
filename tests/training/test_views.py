import pytest
from django.urls import reverse

from tests.factories.engagements import EngagementFactory
from tests.factories.training import (
    CertificateFactory,
    EnrolmentFactory,
    ProgrammeFactory,
    TrainingClassFactory,
    hired,
)
from training.models import Enrolment, Programme, TrainingClass

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(client_as):
    return client_as("Trainer")


def class_data(engagement, trainer, **changed):
    data = {
        "engagement": engagement.pk,
        "programme": ProgrammeFactory().pk,
        "name": "Class 1",
        "trainer": trainer.pk,
        "starts_on": "2026-03-02",
        "ends_on": "2026-03-13",
        "places": 15,
    }
    return {**data, **changed}


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_of_classes_asks_the_same_few_queries(
    item_count, trainer, django_assert_max_num_queries
):
    for _ in range(item_count):
        EnrolmentFactory(training_class__state="open")

    with django_assert_max_num_queries(11):
        response = trainer.get(reverse("training:classes"))

    names = TrainingClass.objects.values_list("name", flat=True)
    assert all(name in response.content.decode() for name in names)
    assert response.content.decode().count("1 / 15") == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_page_of_a_class_asks_the_same_few_queries(
    item_count, trainer, django_assert_max_num_queries
):
    row = TrainingClassFactory(state="running")
    for _ in range(item_count):
        CertificateFactory(enrolment__training_class=row)
        EnrolmentFactory(training_class=row, state="assessment")

    with django_assert_max_num_queries(14):
        response = trainer.get(row.get_absolute_url())

    text = response.content.decode()
    assert text.count("No score is entered; the pass mark is 80.") == item_count
    assert f"{item_count} of {2 * item_count} certified." in text


def test_who_may_not_see_names_is_told_the_true_number(client_as):
    """A recruiter sees how full a class is, and not an empty one."""
    enrolment = EnrolmentFactory(training_class__state="open", training_class__places=15)

    page = client_as("Recruiter").get(enrolment.training_class.get_absolute_url())

    assert (page.context["taken"], page.context["places_left"]) == (1, 14)
    assert "Names are not for you to see." in page.content.decode()
    assert enrolment.application.candidate.name not in page.content.decode()


def test_list_of_classes_is_filtered_by_state_and_text(trainer):
    running = TrainingClassFactory(state="running", name="Spring")
    TrainingClassFactory(state="planned", name="Summer")
    TrainingClassFactory(state="completed", name="Winter")

    def found(**query):
        page = trainer.get(reverse("training:classes"), query).context["list"].lines
        return sorted(row.name for row, _ in page)

    assert found() == ["Spring", "Summer"]
    assert found(state="all") == ["Spring", "Summer", "Winter"]
    assert found(state="completed") == ["Winter"]
    assert found(q=running.engagement.client.name) == ["Spring"]


def test_class_is_planned_for_the_engagement_that_led_here(trainer):
    engagement = EngagementFactory()

    page = trainer.get(reverse("training:class_add"), {"engagement": engagement.pk})
    assert f'value="{engagement.pk}" selected' in page.content.decode()
    response = trainer.post(reverse("training:class_add"), class_data(engagement, trainer.user))

    row = TrainingClass.objects.get()
    assert response["Location"] == row.get_absolute_url()
    assert (row.engagement, row.trainer, row.state) == (engagement, trainer.user, "planned")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_on": "2026-03-01"}, "The last day is not before the first."),
        ({"places": 0}, "A class has at least one place."),
        ({"name": "Taken"}, "Engagement and Name already exists"),
    ],
)
def test_bad_class_is_told_what_is_wrong(changed, sentence, trainer):
    engagement = TrainingClassFactory(name="Taken").engagement

    response = trainer.post(
        reverse("training:class_add"), class_data(engagement, trainer.user, **changed)
    )

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert TrainingClass.objects.count() == 1


def test_places_do_not_shrink_below_those_enrolled(trainer):
    row = TrainingClassFactory(trainer=trainer.user)
    EnrolmentFactory.create_batch(2, training_class=row)

    response = trainer.post(
        reverse("training:class_edit", args=[row.pk]),
        class_data(row.engagement, trainer.user, places=1),
    )

    assert "2 people are enrolled already." in response.content.decode()


def test_ticked_people_are_enrolled_together_or_not_at_all(trainer):
    row = TrainingClassFactory(state="open", places=1)
    people = [hired(row.engagement), hired(row.engagement)]
    path = reverse("training:enrol", args=[row.pk])

    refused = trainer.post(path, {"people": [person.pk for person in people]})
    assert (refused.status_code, Enrolment.objects.count()) == (422, 0)
    assert "All 1 places are taken." in refused.content.decode()
    trainer.post(path, {"people": [people[1].pk]})

    assert Enrolment.objects.get().application == people[1]


def test_bad_score_is_told_beside_it_and_loses_no_other(trainer):
    row = TrainingClassFactory(state="running")
    one, other = EnrolmentFactory.create_batch(2, training_class=row, state="assessment")
    path = reverse("training:scores", args=[row.pk])

    refused = trainer.post(path, {f"score_{one.pk}": "85", f"score_{other.pk}": "101"})
    text = refused.content.decode()
    assert (refused.status_code, Enrolment.objects.filter(score=None).count()) == (422, 2)
    assert "A score is at most 100." in text
    assert 'value="85"' in text
    trainer.post(path, {f"score_{one.pk}": "85", f"score_{other.pk}": ""})

    assert [e.score for e in Enrolment.objects.order_by("pk")] == [85, None]


def test_leaving_asks_why(trainer):
    row = EnrolmentFactory(
        state="in_class", seat__state="in_training", training_class__state="running"
    )
    path = reverse("training:fail", args=[row.pk])

    assert trainer.post(path, {"note": ""}).status_code == 422
    trainer.post(path, {"note": "Did not come back."})

    assert Enrolment.objects.get().state == "failed"


def test_start_too_late_is_409_and_says_why(trainer):
    row = TrainingClassFactory(state="running")

    response = trainer.post(reverse("training:start_class", args=[row.pk]))

    assert response.status_code == 409
    assert "it is running" in response.content.decode()


def test_programme_is_added_and_changed(trainer):
    data = {
        "name": "Banking",
        "days": 10,
        "nesting_days": 5,
        "pass_mark": 80,
        "certificate_months": 12,
    }
    trainer.post(reverse("training:programme_add"), data)
    programme = Programme.objects.get()
    trainer.post(programme.get_absolute_url(), {**data, "pass_mark": 85})

    assert Programme.objects.get().pass_mark == 85
    refused = trainer.post(programme.get_absolute_url(), {**data, "pass_mark": 101})
    assert refused.status_code == 422
