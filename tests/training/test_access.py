"""Who is answered what, on every route of training."""

from datetime import date

import pytest
from django.urls import reverse

from tests.access import differences, line
from tests.factories.engagements import EngagementFactory
from tests.factories.training import EnrolmentFactory, ProgrammeFactory, TrainingClassFactory, hired

TEACHERS = ["Administrator", "Delivery manager", "Trainer"]


def teachers(status, rest=403):
    return {**dict.fromkeys(TEACHERS, status), "": rest}


ACCESS = {
    ("get", "training:programmes"): line(staff=200),
    ("get", "training:programme_add"): line(staff=teachers(200)),
    ("post", "training:programme_add"): line(staff=teachers(422)),
    ("get", "training:programme_edit"): line(staff=teachers(200)),
    ("post", "training:programme_edit"): line(staff=teachers(422)),
    ("get", "training:classes"): line(staff=200),
    ("get", "training:class_add"): line(staff=teachers(200)),
    ("post", "training:class_add"): line(staff=teachers(422)),
    ("get", "training:class"): line(staff=200),
    ("get", "training:class_edit"): line(staff=teachers(200)),
    ("post", "training:class_edit"): line(staff=teachers(422)),
    ("post", "training:enrol"): line(staff=teachers(422)),
    ("post", "training:scores"): line(staff=teachers(302)),
    ("post", "training:start_class"): line(staff=teachers(302), outside=404),
    ("post", "training:cancel_class"): line(staff=teachers(302), outside=404),
    ("post", "training:nest"): line(
        staff={**teachers(302, rest=404), "HR director": 403, "QA": 403}, outside=404
    ),
    ("post", "training:certify"): line(
        staff={**teachers(302, rest=404), "HR director": 403, "QA": 403}, outside=404
    ),
    ("get", "training:fail"): line(
        staff={**teachers(200, rest=404), "HR director": 403, "QA": 403}, outside=404
    ),
    ("post", "training:fail"): line(
        staff={**teachers(422, rest=404), "HR director": 403, "QA": 403}, outside=404
    ),
    ("get", "training:withdraw"): line(
        staff={**teachers(200, rest=404), "HR director": 403, "QA": 403}, outside=404
    ),
    ("post", "training:withdraw"): line(
        staff={**teachers(422, rest=404), "HR director": 403, "QA": 403}, outside=404
    ),
    ("get", "training:certificates"): line(staff={**teachers(200), "HR director": 200, "QA": 200}),
}


@pytest.fixture
def paths(world):
    engagement = EngagementFactory(client=world.client)
    open_class = TrainingClassFactory(engagement=engagement, state="open")
    EnrolmentFactory(training_class=open_class)
    hired(engagement)
    running = TrainingClassFactory(
        engagement=engagement, state="running", starts_on=date(2026, 1, 1)
    )
    passed = EnrolmentFactory(
        training_class=running, state="assessment", score=90, seat__state="in_training"
    )
    nesting = EnrolmentFactory(
        training_class=running, state="nesting", score=90, seat__state="nesting"
    )
    keys = {
        **dict.fromkeys(
            ["class", "class_edit", "enrol", "start_class", "cancel_class"], open_class
        ),
        "scores": running,
        "programme_edit": ProgrammeFactory(),
        "nest": passed,
        **dict.fromkeys(["certify", "fail", "withdraw"], nesting),
    }

    def path(route):
        row = keys.get(route.split(":")[1])
        return reverse(route, args=[row.pk] if row else [])

    return path


def test_each_kind_of_user_is_answered(world, paths):
    assert differences(world, ACCESS, paths) == {}
