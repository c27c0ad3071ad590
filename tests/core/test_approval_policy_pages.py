"""How an administrator says who approves what."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from core.models import ApprovalPolicy, AuditEntry
from tests.approvals import policy, step

pytestmark = pytest.mark.django_db
POLICY = "/approvals/policies/recruiting.requisition/"


def text(response):
    return " ".join(response.content.decode().split())


def test_policy_that_nobody_can_satisfy_since_nobody_has_the_role_is_refused(client_as):
    response = client_as("Administrator").post(POLICY, fields({}))

    words = "Only 0 people could be asked today."
    assert (response.status_code, words in text(response)) == (422, True)


@pytest.mark.usefixtures("helga")
def test_where_one_may_approve_ones_own_all_of_them_count(client_as, anna):
    both = {"people": [anna.user.pk], "needed": 2}

    refused = client_as("Administrator").post(POLICY, fields(both))
    kept = client_as("Administrator").post(POLICY, fields(both) | {"own_allowed": "on"})

    assert (refused.status_code, kept.status_code) == (422, 302)


@pytest.fixture
def helga(actor_as):
    """The one who has the role that these policies ask."""
    return actor_as("HR director", name="Helga")


def fields(*rows, in_order=True):
    """Write a policy's form: of each step what differs from one that asks by role."""
    role = Group.objects.get(name="HR director").pk
    data = {"steps-TOTAL_FORMS": len(rows), "steps-INITIAL_FORMS": 1}
    data |= {"in_order": "on"} if in_order else {}
    for number, row in enumerate(rows):
        whole = {"position": number + 1, "label": f"Step {number + 1}", "roles": [role]}
        whole |= {"needed": 1, "due_hours": 8, **row}
        data |= {f"steps-{number}-{name}": value for name, value in whole.items()}
    return data


@pytest.mark.usefixtures("helga")
def test_policy_is_edited_step_by_step_and_the_change_is_noted(client_as, anna):
    browser = client_as("Administrator")
    by_name = {"label": "Money", "roles": [], "people": [anna.user.pk], "rule": "no_band"}

    response = browser.post(POLICY, fields({"due_hours": 4}, by_name, in_order=False), follow=True)

    row = ApprovalPolicy.objects.get(kind="recruiting.requisition")
    steps = [(s.label, s.needed, s.due_hours, s.rule) for s in row.steps.all()]
    assert steps == [("Step 1", 1, 4, ""), ("Money", 1, 8, "no_band")]
    assert (row.in_order, row.changed_by) == (False, browser.user.actor)
    noted = AuditEntry.objects.get(did="approval_policy_changed")
    assert (noted.by, noted.subject) == (browser.user.actor, row)
    assert noted.details == {
        "kind_of_subject": "recruiting.requisition",
        "before": "one after the other; somebody else approves; "
        "HR director: 1 of HR director, within 16 h",
        "after": "side by side; somebody else approves; "
        "Step 1: 1 of HR director, within 4 h; "
        f"Money: 1 of person {anna.user.pk}, within 8 h, only when no band",
    }
    shown = ["Money", "Anna", "only when it has no pay band", "All steps side by side"]
    assert [words for words in shown if words not in text(response)] == []


@pytest.mark.usefixtures("helga")
def test_step_of_a_policy_is_deleted(client_as):
    data = fields({"DELETE": "on"}, {"label": "The only one"})

    client_as("Administrator").post(POLICY, data)

    row = ApprovalPolicy.objects.get(kind="recruiting.requisition")
    assert [each.label for each in row.steps.all()] == ["The only one"]


@pytest.mark.usefixtures("helga")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"roles": []}, "Name a role or a person: somebody has to be asked."),
        ({"needed": 0}, "At least 1."),
        ({"due_hours": 0}, "At least 1."),
        ({"label": ""}, "This field is required."),
        ({"rule": "no_such_rule"}, "Select a valid choice."),
        ({"roles": [], "people": "anna", "needed": 2}, "Only 1 person could be asked today."),
        ({"needed": 9}, "Only 1 person could be asked today."),
        (
            {"people": "anna", "needed": 2},
            "2 people could be asked today, and not whoever asks: at most 1.",
        ),
        ({"due_hours": "soon"}, "Enter a whole number."),
    ],
)
def test_policy_that_could_not_work_is_refused_beside_its_field(wrong, words, client_as, anna):
    before = list(ApprovalPolicy.objects.get(kind="recruiting.requisition").steps.values())
    given = {**wrong, "people": [anna.user.pk]} if "people" in wrong else wrong

    response = client_as("Administrator").post(POLICY, fields(given))

    assert (response.status_code, words in text(response)) == (422, True)
    row = ApprovalPolicy.objects.get(kind="recruiting.requisition")
    assert list(row.steps.values()) == before


@pytest.mark.parametrize("item_count", [1, 3])
def test_policies_query_count(item_count, client_as, anna, django_assert_num_queries):
    browser = client_as("Administrator")
    steps = [step(f"S{n}", anna, position=n) for n in range(item_count)]
    policy(*steps, kind="recruiting.offer")

    with django_assert_num_queries(10):  # session, user, rights, unread; a policy each; steps
        response = browser.get(reverse("core:approval_policies"))

    assert text(response).count("0. S0") == 1
