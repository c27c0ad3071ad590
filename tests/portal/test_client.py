from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal import todos
from recruiting.models import Application, CriteriaSet, Criterion
from tests.factories.cms import ContractFactory, ProposalVersionFactory, SignatureFactory
from tests.factories.core import UserFactory
from tests.factories.engagements import (
    ClientFactory,
    EngagementFactory,
    MilestoneFactory,
    SeatFactory,
)
from tests.factories.recruiting import (
    ApplicationFactory,
    CriteriaSetFactory,
    CriterionFactory,
    FactFactory,
    RequisitionFactory,
    ScorecardFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def company():
    return ClientFactory(name="Nordwind Bank")


@pytest.fixture
def engagement(company):
    return EngagementFactory(client=company, name="Phone, German")


@pytest.fixture
def approver(company, client_as, person_of):
    return client_as(person_of(company))


@pytest.fixture
def viewer(company, client_as, person_of):
    return client_as(person_of(company, "Client viewer"))


def text_of(response):
    return " ".join(response.content.decode().split())


def put_before(engagement, **fields):
    requisition = RequisitionFactory(engagement=engagement, state="open")
    known = {"state": "client_review", "put_forward_at": NOW}
    return ApplicationFactory(requisition=requisition, **{**known, **fields})


def issued(**fields):
    row = ContractFactory(**fields)
    row.log.create(step="issue", source="draft", target="issued", by=UserFactory().actor, at=NOW)
    return row


def asked_of(engagement):
    """One of each thing that a client decides on."""
    CriteriaSetFactory(engagement=engagement, state="in_review")
    put_before(engagement)
    other = EngagementFactory(client=engagement.client)
    ProposalVersionFactory(proposal__engagement=other)
    issued(engagement=other, state="issued", proposal__state="declined")


@pytest.mark.parametrize("item_count", [1, 3])
def test_decisions_are_one_list_with_since_when(
    item_count, approver, engagement, django_assert_max_num_queries
):
    for _ in range(item_count):
        asked_of(engagement)

    with django_assert_max_num_queries(15):
        response = approver.get(reverse("portal:decisions"))

    assert len(response.context["decisions"]) == 4 * item_count
    assert f"{4 * item_count} decisions wait for you." in text_of(response)
    assert f"<span>Decisions</span><span>{4 * item_count}</span>" in text_of(response)


def test_decisions_name_the_client_and_show_nobody_elses(approver, engagement):
    asked_of(EngagementFactory())
    asked_of(engagement)

    text = text_of(approver.get(reverse("portal:decisions")))

    assert "4 decisions wait for you." in text
    assert ">Nordwind Bank</a>" in text


def test_what_is_decided_waits_no_longer(engagement, person_of):
    actor = person_of(engagement.client).actor
    put_before(engagement, client_decision="approved")
    put_before(engagement, state="rejected")
    CriteriaSetFactory(engagement=engagement, state="changes_requested")
    SignatureFactory(contract=issued(engagement=engagement, state="partly_signed"))

    assert (todos.open_decisions(actor), todos.decisions(actor)) == (0, [])


def answers(criteria_set, *answered, **more):
    names = [
        (item.pk, answer) for item, answer in zip(criteria_set.items.all(), answered, strict=False)
    ]
    return {**{f"answer_{pk}": answer for pk, answer in names}, **more}


@pytest.fixture
def criteria_set(engagement):
    row = CriteriaSetFactory(engagement=engagement, state="in_review", title="Agent")
    CriterionFactory(criteria_set=row, position=0, name="German, spoken")
    CriterionFactory(criteria_set=row, position=1, name="Polite", kind="weighted", weight=100)
    return row


def test_criteria_are_approved_item_by_item(approver, criteria_set):
    page = reverse("portal:criteria", args=[criteria_set.pk])
    text = text_of(approver.get(page))
    assert "0 of 2 items agreed, 2 wait for you." in text

    approver.post(page, answers(criteria_set, "approved", "approved"))

    approved = CriteriaSet.objects.get()
    assert (approved.state, approved.frozen["title"]) == ("approved", "Agent")
    assert approved.sha256 in text_of(approver.get(page))


def test_change_sends_the_criteria_back_with_its_words(approver, criteria_set):
    page = reverse("portal:criteria", args=[criteria_set.pk])
    first = criteria_set.items.first()

    approver.post(
        page,
        answers(criteria_set, "change", "approved", **{f"comment_{first.pk}": "B2 is enough."}),
    )

    assert CriteriaSet.objects.get().state == "changes_requested"
    assert list(Criterion.objects.values_list("answer", "comment")) == [
        ("change", "B2 is enough."),
        ("approved", ""),
    ]
    assert "it is our turn" in text_of(approver.get(page))


def test_answers_that_lack_something_are_kept_on_the_page_and_nothing_is_sent(
    approver, criteria_set
):
    page = reverse("portal:criteria", args=[criteria_set.pk])

    response = approver.post(page, answers(criteria_set, "ask"))

    text = text_of(response)
    assert (response.status_code, CriteriaSet.objects.get().state) == (422, "in_review")
    assert "Say in words what you would like." in text
    assert "Approve this, ask for a change, or ask." in text
    assert 'value="ask"' in text.split("checked")[0][-200:]


def test_answers_can_be_kept_for_later(approver, criteria_set):
    page = reverse("portal:criteria", args=[criteria_set.pk])

    approver.post(page, answers(criteria_set, "approved", later="1"))

    assert CriteriaSet.objects.get().state == "in_review"
    assert "1 of 2 items agreed, 1 waits for you." in text_of(approver.get(page))


def test_criteria_come_too_late_are_409(approver, criteria_set):
    CriteriaSet.objects.filter(pk=criteria_set.pk).delete()
    late = CriteriaSetFactory(engagement=criteria_set.engagement, state="superseded")
    CriterionFactory(criteria_set=late)

    page = reverse("portal:criteria", args=[late.pk])

    assert approver.post(page, answers(late, "approved")).status_code == 409


def test_criteria_show_what_changed_since_the_version_before(approver, criteria_set):
    new = CriteriaSetFactory(
        engagement=criteria_set.engagement, title="Agent", version=2, state="in_review"
    )
    CriterionFactory(criteria_set=new, name="German, spoken", level="B2")
    CriterionFactory(criteria_set=new, name="Typing", level="")

    text = text_of(approver.get(reverse("portal:criteria", args=[new.pk])))

    assert "Changed from <del>C1</del> to <ins>B2</ins>." in text
    assert "<ins>New in this version.</ins>" in text
    assert "<del>Polite</del>" in text


def test_viewer_reads_everything_and_is_offered_no_button(viewer, engagement, criteria_set):
    application = put_before(engagement)
    pages = {
        "portal:decisions": [],
        "portal:criteria": [criteria_set.pk],
        "portal:candidates": [],
        "portal:candidate": [application.pk],
    }

    for route, args in pages.items():
        text = text_of(viewer.get(reverse(route, args=args)))
        assert "Send my" not in text, route
        assert 'type="radio"' not in text, route
    assert application.candidate.code in text
    assert "Others of your company decide on this." in text


@pytest.fixture
def application(engagement):
    row = put_before(
        engagement,
        candidate__name="Agnieszka Nowak",
        candidate__email="secret@mail.example",
        candidate__phone="+48221234567",
        candidate__city="Radom",
        candidate__headline="Agnieszka from Radom",
    )
    item = CriterionFactory(criteria_set=row.criteria_set, name="German, spoken")
    FactFactory(candidate=row.candidate, evidence="Agnieszka's diploma")
    for value in (3, 4):
        interviewer = UserFactory(name="Interviewer Secret")
        card = ScorecardFactory(application=row, by=interviewer, summary="Agnieszka shines")
        card.marks.create(criterion=item, value=value, evidence="Agnieszka said so")
    return row


def test_candidate_is_shown_by_criteria_and_nothing_tells_who_it_is(approver, application):
    pages = [reverse("portal:candidates"), reverse("portal:candidate", args=[application.pk])]

    texts = [text_of(approver.get(page)) for page in pages]

    assert "meets 1 of 1 must-haves" in texts[1]
    assert "3.5" in texts[1]
    for secret in ["Agnieszka", "Nowak", "secret@", "48221234567", "Radom", "Secret"]:
        assert all(secret not in text for text in texts), secret


@pytest.mark.parametrize(
    ("data", "decision", "status"),
    [
        ({"decision": "approved"}, "approved", 302),
        ({"decision": "declined", "comment": "Too little German."}, "declined", 302),
        ({"decision": "declined", "comment": " "}, "", 422),
        ({}, "", 422),
        ({"decision": "rejected"}, "", 422),
    ],
)
def test_client_decides_on_a_candidate(data, decision, status, approver, application):
    page = reverse("portal:candidate", args=[application.pk])

    assert approver.post(page, data).status_code == status

    assert Application.objects.get().client_decision == decision


def test_decision_on_a_candidate_who_moved_on_is_409_and_says_so(approver, engagement):
    gone = put_before(engagement, state="withdrawn")

    response = approver.post(reverse("portal:candidate", args=[gone.pk]), {"decision": "approved"})

    assert response.status_code == 409
    assert "it is withdrawn" in text_of(response)


def test_candidate_who_was_not_put_before_the_client_is_not_found(approver, engagement):
    hidden = put_before(engagement, put_forward_at=None)

    assert approver.get(reverse("portal:candidate", args=[hidden.pk])).status_code == 404


@pytest.mark.parametrize("item_count", [1, 3])
def test_candidates_ask_the_same_few_queries(
    item_count, approver, engagement, django_assert_max_num_queries
):
    for _ in range(item_count):
        row = put_before(engagement)
        ScorecardFactory(application=row)

    with django_assert_max_num_queries(15):
        response = approver.get(reverse("portal:candidates"))

    assert len(response.context["list"].lines) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_progress_tells_seats_and_milestones_and_no_names(
    item_count, approver, company, django_assert_max_num_queries
):
    for number in range(item_count):
        row = EngagementFactory(client=company, name=f"Team {number}", state="training")
        SeatFactory(engagement=row, state="live")
        SeatFactory(engagement=row, state="in_training")
        SeatFactory(engagement=row, state="cancelled")
        MilestoneFactory(engagement=row, says=f"Criteria agreed {number}")

    with django_assert_max_num_queries(12):
        text = text_of(approver.get(reverse("portal:progress")))

    assert text.count("1 of 2 people are at work.") == item_count
    assert all(f"Criteria agreed {n}" in text for n in range(item_count))


@pytest.mark.parametrize("item_count", [1, 3])
def test_documents_list_what_was_sent_and_agreed(
    item_count, approver, company, django_assert_max_num_queries
):
    for number in range(item_count):
        row = EngagementFactory(client=company)
        ProposalVersionFactory(proposal__engagement=row, proposal__number=f"P-{number}-sent")
        issued(
            engagement=row, state="executed", number=f"C-{number}-done", proposal__state="declined"
        )
        CriteriaSetFactory(engagement=row, state="approved", sha256=f"{number}" * 64)
        CriteriaSetFactory(engagement=row, title="not yet agreed", state="in_review")
        ContractFactory(engagement=row, number=f"C-{number}-draft", proposal__state="declined")

    text = {}
    for route in ("documents", "sent_proposals", "agreed_criteria"):
        with django_assert_max_num_queries(12):
            text[route] = text_of(approver.get(reverse(f"portal:{route}")))

    for number in range(item_count):
        assert f"C-{number}-done" in text["documents"]
        assert f"P-{number}-sent" in text["sent_proposals"]
        assert f"{number}" * 64 in text["agreed_criteria"]
    assert "-draft" not in str(text)
    assert "not yet agreed" not in str(text)
    tabs = [reverse(f"portal:{route}") for route in text]
    page = approver.get(tabs[1]).content.decode()
    assert [f'href="{tab}"' in page for tab in tabs] == [True, True, True]
    assert f'<a href="{tabs[1]}" aria-current="page">Proposals</a>' in page


@pytest.mark.parametrize("item_count", [1, 3])
def test_people_say_who_may_decide(
    item_count, approver, company, person_of, django_assert_max_num_queries
):
    person_of(ClientFactory(), user__name="Of another company")
    for number in range(item_count):
        person_of(company, "Client viewer", user__name=f"Viewer {number}")

    with django_assert_max_num_queries(12):
        text = text_of(approver.get(reverse("portal:people")))

    assert (text.count(">see and decide"), text.count(">see<")) == (1, item_count)
    assert "Of another company" not in text


def test_oldest_decision_stands_first(engagement, person_of):
    actor = person_of(engagement.client).actor
    young = put_before(engagement)
    old = put_before(engagement, put_forward_at=NOW - timedelta(days=3))

    labels = [decision.label.split(" ")[0] for decision in todos.decisions(actor)]

    assert labels == [old.candidate.code, young.candidate.code]


@pytest.mark.parametrize("step", ["reject", "screen", "no_such_step"])
def test_step_in_the_page_shows_a_client_no_card_with_the_name(step, approver, engagement):
    row = put_before(engagement, candidate__name="Jana Nowak")
    url = reverse("core:step", args=["recruiting.application", row.pk, step])

    response = approver.post(url, headers={"HX-Request": "true"})

    assert response.status_code in {404, 409}
    assert "Jana Nowak" not in response.content.decode()
