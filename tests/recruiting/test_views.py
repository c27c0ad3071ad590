import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import StoredFile
from recruiting.board import MOST
from recruiting.models import (
    Application,
    Candidate,
    CriteriaSet,
    Criterion,
    Mark,
    Requisition,
    Scorecard,
)
from tests.factories.engagements import SeatFactory
from tests.factories.recruiting import (
    ApplicationFactory,
    CandidateFactory,
    CriteriaSetFactory,
    CriterionFactory,
    FactFactory,
    OfferFactory,
    RequisitionFactory,
    ScorecardFactory,
)
from tests.factories.vendors import VendorFactory

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"recruiting:{name}", args=args)


def text(response):
    return response.content.decode()


def rich_application(requisition):
    """With all that a card or a row shows."""
    item = CriterionFactory(criteria_set=requisition.criteria_set, kind="weighted", weight=50)
    application = ApplicationFactory(
        requisition=requisition, state="offered", vendor=VendorFactory()
    )
    FactFactory(candidate=application.candidate)
    card = ScorecardFactory(application=application)
    card.marks.create(criterion=item, value=3)
    OfferFactory(application=application)
    return application


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", ["board", "requisition"])
def test_pages_of_a_requisition_take_a_fixed_number_of_queries(
    page, count, client_as, django_assert_max_num_queries
):
    requisition = RequisitionFactory(state="open")
    names = [rich_application(requisition).candidate.name for _ in range(count)]
    client = client_as("Recruiter")

    with django_assert_max_num_queries(16):
        response = client.get(url(page, requisition.pk))

    assert all(name in text(response) for name in names)


@pytest.mark.parametrize(
    ("page", "make"),
    [
        ("application", lambda: rich_application(RequisitionFactory(state="open"))),
        ("candidate", lambda: rich_application(RequisitionFactory(state="open")).candidate),
        ("criteria", lambda: CriterionFactory().criteria_set),
        ("offer_detail", OfferFactory),
    ],
)
def test_page_of_one_record_opens_for_its_recruiter(page, make, client_as):
    row = make()

    response = client_as("Recruiter").get(url(page, row.pk))

    assert (response.status_code, "<h1>" in text(response)) == (200, True)


def test_board_shows_each_stage_of_the_plan_and_who_is_on_hold(client_as):
    requisition = RequisitionFactory(state="open", has_assessment=True)
    ApplicationFactory(requisition=requisition, state="on_hold", left_state="applied")

    columns = client_as("Recruiter").get(url("board", requisition.pk)).context["columns"]

    assert [(column.label, len(column.cards)) for column in columns] == [
        ("Applied", 0),
        ("Screening", 0),
        ("Assessment", 0),
        ("Interview", 0),
        ("Offer", 0),
        ("Hired", 0),
        ("On hold", 1),
    ]


def test_a_full_column_shows_who_sat_longest_and_leads_to_the_others(client_as):
    requisition = RequisitionFactory(state="open")
    start = datetime(2025, 3, 3, 9, tzinfo=UTC)
    rows = [
        ApplicationFactory(
            requisition=requisition, state="applied", moved_at=start + timedelta(hours=number)
        )
        for number in range(MOST + 2)
    ]

    response = client_as("Recruiter").get(url("board", requisition.pk))

    [column] = [each for each in response.context["columns"] if each.state == "applied"]
    assert (column.count, column.more, column.cards) == (MOST + 2, 2, rows[:MOST])
    address = f"{url('applications', requisition.pk)}?state=applied&amp;sort=moved"
    assert f'<a href="{address}">2 more, moved later</a>' in text(response)


@pytest.mark.parametrize("scorecards", [1, 3])
def test_a_card_after_a_step_asks_as_many_queries_whatever_is_on_it(
    scorecards, client_as, django_assert_num_queries
):
    application = ApplicationFactory(state="interview")
    items = CriterionFactory.create_batch(scorecards, criteria_set=application.criteria_set)
    for card in ScorecardFactory.create_batch(scorecards, application=application):
        Mark.objects.bulk_create(Mark(scorecard=card, criterion=item, value=3) for item in items)
    path = reverse("core:step", args=["recruiting.application", application.pk, "hold"])
    client = client_as("Recruiter")

    with django_assert_num_queries(17):
        response = client.post(path, headers={"HX-Request": "true"})

    assert response.status_code == 200


def test_step_from_a_card_answers_with_the_card(client_as):
    application = ApplicationFactory(candidate__name="Ilse Brandt")
    path = reverse("core:step", args=["recruiting.application", application.pk, "screen"])
    client = client_as("Recruiter")

    taken = client.post(path, headers={"HX-Request": "true"})
    late = client.post(path, headers={"HX-Request": "true"})

    assert (taken.status_code, late.status_code) == (200, 409)
    assert f'id="application-{application.pk}"' in text(taken)
    assert "This is no longer possible: it is screening." in text(late)


def test_requisition_is_written_for_seats_of_its_engagement(client_as):
    criteria_set = CriteriaSetFactory(state="approved")
    seats = SeatFactory.create_batch(3, engagement=criteria_set.engagement, state="approved")
    elsewhere = SeatFactory(state="approved")
    client = client_as("Recruiter")
    path = f"{url('requisition_add')}?engagement={criteria_set.engagement_id}"
    given = {
        "title": "Agent",
        "role": "agent",
        "criteria_set": criteria_set.pk,
        "how_many": "2",
        "recruiter": client.user.pk,
        "country": "PL",
        "place": "Kraków",
        "description": "Help callers.",
        "target_on": "2030-06-01",
    }

    wrong = client.post(path, {**given, "how_many": "", "seats": [elsewhere.pk]})
    too_many = client.post(path, {**given, "how_many": "4"})
    client.post(path, given)

    assert (wrong.status_code, too_many.status_code) == (422, 422)
    assert "Only 3 such seats are approved and free." in text(too_many)
    made = Requisition.objects.get()
    assert (made.number, made.state, list(made.seats.all())) == ("R-1", "draft", seats[:2])


def test_approved_requisition_is_not_edited(client_as):
    requisition = RequisitionFactory(state="open", title="Agent")

    client_as("Recruiter").post(url("requisition_edit", requisition.pk), {"title": "Other"})

    assert Requisition.objects.get().title == "Agent"


def test_criteria_are_written_item_by_item(client_as):
    criteria_set = CriteriaSetFactory()
    client, path = client_as("Recruiter"), url("item_add", criteria_set.pk)
    given = {"name": "Calm", "kind": "weighted", "proof": "interview", "reason": "Angry callers"}

    wrong = client.post(path, given)
    client.post(path, {**given, "weight": "100"})
    client.post(path, {**given, "name": "German", "kind": "must", "weight": "30"})

    assert "A weighted item needs a weight from 1 to 100." in text(wrong)
    assert list(Criterion.objects.values_list("name", "weight", "position")) == [
        ("Calm", 100, 0),
        ("German", 0, 1),
    ]


def test_criteria_of_a_known_title_become_a_version_instead(client_as):
    known = CriteriaSetFactory()
    given = {"engagement": known.engagement_id, "role": "agent", "title": known.title}

    response = client_as("Recruiter").post(url("criteria_add"), given)

    assert (response.status_code, CriteriaSet.objects.count()) == (422, 1)
    assert "make a new version of them" in text(response)


def test_scorecard_form_asks_for_each_criterion_of_the_interview(client_as):
    application = ApplicationFactory(state="interview")
    make = {"criteria_set": application.criteria_set}
    spoken = CriterionFactory(**make)
    weighted = CriterionFactory(**make, kind="weighted", weight=100, proof="document")
    CriterionFactory(**make, proof="test")
    client, path = client_as("Recruiter"), url("scorecard", application.pk)

    wrong = client.post(path, {f"mark_{spoken.pk}": "5"})
    client.post(path, {f"mark_{spoken.pk}": "2", f"mark_{weighted.pk}": "4"})

    assert wrong.status_code == 422
    card = Scorecard.objects.get()
    assert [(m.criterion, m.value) for m in card.marks.all()] == [(spoken, 2), (weighted, 4)]
    assert "100 of 100" in text(client.get(application.get_absolute_url()))


def test_known_address_is_told_when_a_candidate_is_added(client_as):
    known = CandidateFactory(email="ilse@mail.example", name="Ilse")

    response = client_as("Recruiter").post(
        url("candidate_add"), {"name": "Ilse B.", "email": "ILSE@mail.example"}
    )

    assert f"This is the address of Ilse, {known.code}, already" in text(response)
    assert Candidate.objects.count() == 1


def test_candidate_is_added_by_hand_and_considered(client_as, opened):
    requisition = opened()
    given = {"name": "Ilse", "requisition": requisition.pk, "language_1": "de", "level_1": "C1"}

    client_as("Recruiter").post(url("candidate_add"), given)

    application = Application.objects.get()
    assert (application.state, application.source) == ("sourced", "hand")
    assert [str(fact) for fact in application.candidate.facts.all()] == ["German C1"]


def test_edited_candidate_keeps_their_own_address(client_as):
    candidate = CandidateFactory(name="Ilse", email="ilse@mail.example")
    CandidateFactory(email="other@mail.example")
    client, path = client_as("Recruiter"), url("candidate_edit", candidate.pk)
    given = {"name": "Ilse B.", "email": "ilse@mail.example", "language": "en"}

    wrong = client.post(path, {**given, "email": "other@mail.example"})
    client.post(path, given)

    assert (wrong.status_code, Candidate.objects.get(pk=candidate.pk).name) == (422, "Ilse B.")


def test_fact_and_cv_are_added_to_a_candidate(client_as):
    candidate, client = CandidateFactory(), client_as("Recruiter")
    picture = SimpleUploadedFile("cv.exe", b"MZ\x90\x00binary\x00")

    wrong = client.post(url("cv_add", candidate.pk), {"cv": picture})
    client.post(url("cv_add", candidate.pk), {"cv": SimpleUploadedFile("cv.txt", b"Agent")})
    client.post(url("fact_add", candidate.pk), {"skill": "German", "level": "C1"})

    assert "neither PDF, Word (.docx) nor plain text" in text(wrong)
    assert StoredFile.objects.on(candidate).get().name == "cv.txt"
    assert candidate.facts.get().source == client.user.name


def test_candidates_are_filtered(client_as):
    german = FactFactory(candidate__name="Łucja", candidate__country="PL").candidate
    CandidateFactory(name="Other", country="DE")
    client = client_as("Recruiter")

    for query in ["q=lucja", "country=PL", "speaks=German"]:
        lines = client.get(f"{url('candidates')}?{query}").context["list"].lines
        assert [row for row, _ in lines] == [german], query


@pytest.mark.parametrize(
    ("query", "offered"),
    [("", ["", "CO", "PL"]), ("?country=ES", ["", "CO", "PL", "ES"])],
)
def test_countries_offered_are_those_of_candidates_and_the_one_asked_for(query, offered, client_as):
    for country in ("PL", "CO", "PL", ""):
        CandidateFactory(country=country)

    page = client_as("Recruiter").get(url("candidates") + query)

    select = page.text.split('name="country"')[1].split("</select>")[0]
    assert sorted(re.findall(r'<option value="(\w*)"', select)) == sorted(offered)
    assert ("selected>Spain" in select) == bool(query)
    assert len(page.context["list"].lines) == (0 if query else 4)
    assert page.context["list"].selection.is_valid


def test_rejection_shows_its_mail_and_asks_why(client_as):
    application = ApplicationFactory(candidate__email="ilse@mail.example")
    client, path = client_as("Recruiter"), url("reject", application.pk)

    page = text(client.get(path))
    empty = client.post(path, {"reason": ""})
    client.post(path, {"reason": "No German"})

    assert "Mail to ilse@mail.example" in page
    assert "We have decided to go on with other people" in page
    assert (empty.status_code, Application.objects.get().state) == (422, "rejected")


def test_page_of_a_step_that_cannot_be_taken_says_why(client_as):
    application = ApplicationFactory(state="interview")

    response = client_as("Recruiter").get(url("offer", application.pk))

    assert (response.status_code, "There is no scorecard yet." in text(response)) == (409, True)


def test_level_of_a_criterion_is_no_markup_in_the_scorecard(client_as):
    application = ApplicationFactory(state="interview")
    CriterionFactory(criteria_set=application.criteria_set, proof="interview", level="<img src=x>")

    page = client_as("Recruiter").get(reverse("recruiting:scorecard", args=[application.pk]))

    assert "Wanted: &lt;img src=x&gt;." in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_candidate_page_takes_a_fixed_number_of_queries(
    count, client_as, django_assert_max_num_queries
):
    person = rich_application(RequisitionFactory(state="open")).candidate
    others = [ApplicationFactory(candidate=person).requisition for _ in range(count - 1)]
    client = client_as("Recruiter")

    with django_assert_max_num_queries(15):
        response = client.get(person.get_absolute_url())

    assert all(other.number in text(response) for other in others)
