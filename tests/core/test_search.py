"""One box finds everything its reader may see, and nothing else."""

import pytest
from django.urls import reverse

from core import search
from core.models import Actor
from recruiting.models import Candidate
from tests.factories.cms import ProposalFactory
from tests.factories.core import UserFactory
from tests.factories.engagements import ClientFactory, EngagementFactory
from tests.factories.recruiting import CandidateFactory, RequisitionFactory
from tests.factories.vendors import VendorFactory

pytestmark = pytest.mark.django_db
HOSTILE = ["' | !", "a:*&", "\\", "((", "<script>", "\x00ab", "%_%", "-- ;", "ab " * 500, "K-"]


def titles(page):
    return [hit.title for group in page.context["groups"] for hit in group.hits]


def test_everything_of_a_name_is_found_by_kind(client_as):
    client = ClientFactory(name="Nordwind")
    EngagementFactory(client=client, name="Care", code="NW-1")
    VendorFactory(name="Nordwind Partners")
    CandidateFactory(name="Nora Nordwind")
    UserFactory(name="Nils Nordwind")

    page = client_as("Administrator").get(reverse("core:search"), {"q": "nordw"})

    labels = [group.label for group in page.context["groups"]]
    assert labels == ["Engagements", "Candidates", "Clients", "Vendors", "People"]
    assert b"<mark>Nordw</mark>ind" in page.content


def test_nobody_finds_what_they_have_no_right_to(client_as):
    CandidateFactory(name="Nora Nordwind")
    UserFactory(name="Nils Nordwind")
    VendorFactory(name="Nordwind Partners")

    assert titles(client_as("Trainer").get("/search/", {"q": "nordwind"})) == ["Nordwind Partners"]


@pytest.mark.parametrize(
    "q",
    ["lukasz dab", "DĄBROWSKI ł", "arm.dab", "mail arm", "+48 600 100-200", "0048600100200"],
)
def test_a_candidate_is_found_by_name_address_and_telephone(q):
    him = CandidateFactory(
        name="Łukasz Dąbrowski", email="arm.dab@mail.example", phone="+48600100200"
    )
    CandidateFactory(name="Lukas Dahl", phone="+48600100201")

    assert list(Candidate.objects.found_by(q)) == [him]


def test_a_headline_is_found_with_and_without_its_accents():
    her = CandidateFactory(headline="Team lead, Kraków")

    assert list(Candidate.objects.found_by("kraków lead")) == [her]


def test_codes_are_found_exactly(client_as):
    candidate, requisition = CandidateFactory(), RequisitionFactory(number="R-12")
    RequisitionFactory(number="R-123")
    proposal = ProposalFactory(number="P-2026-3")
    staff = client_as("Administrator")

    assert titles(staff.get("/search/", {"q": candidate.code.lower()})) == [candidate.name]
    assert titles(staff.get("/search/", {"q": "r-12"})) == [str(requisition)]
    assert titles(staff.get("/search/", {"q": "P-2026-3"})) == [str(proposal)]


def test_code_of_something_else_finds_no_candidates(client_as):
    RequisitionFactory(number="R-9", title="Ravens")
    CandidateFactory(name="Rui Roth", headline="R 9")

    assert titles(client_as("Administrator").get("/search/", {"q": "R-9"})) == ["R-9 Ravens"]
    assert not Candidate.objects.found_by("K-0").exists()


@pytest.mark.parametrize(
    ("q", "enough"), [("a b", False), ("anna b", True), ("b", False), ("R-9", True), ("r 9", False)]
)
def test_single_letters_alone_are_not_looked_for(q, enough):
    assert search.ask(q).is_enough is enough


@pytest.mark.parametrize(
    ("q", "text", "marked"),
    [
        ("R-9", "R-9 Rui, 19 years, HR-9", "<mark>R-9</mark> Rui, 19 years, HR-9"),
        ("wind", "Nordwind Windmill", "Nordwind <mark>Wind</mark>mill"),
        ("an anna", "Anna Hanna Andy", "<mark>Anna</mark> Hanna <mark>An</mark>dy"),
    ],
)
def test_words_are_marked_at_their_beginning_only(q, text, marked):
    assert search.marked(text, search.ask(q)) == marked


@pytest.mark.parametrize("q", HOSTILE)
def test_no_input_is_an_error_or_an_operator(client_as, q):
    CandidateFactory(name="Anna Maria")

    page = client_as("Administrator").get("/search/", {"q": q})

    assert (page.status_code, titles(page)) == (200, [])
    assert b"<script>" not in page.content.split(b"<main")[1]


def test_what_is_marked_is_escaped():
    asked = search.ask("lukasz b")

    text = search.marked("<b> Łukasz Oß", asked)

    assert text == "&lt;<mark>b</mark>&gt; <mark>Łukasz</mark> Oß"


def test_box_shows_a_few_and_says_that_there_are_more(client_as):
    for number in range(8):
        CandidateFactory(name=f"Anna {number}")

    page = client_as("Recruiter").get("/search/", {"q": "anna"}, headers={"HX-Request": "true"})

    assert len(titles(page)) == search.PER_GROUP
    assert b"There are more" in page.content
    assert b"<html" not in page.content


def test_empty_box_says_what_it_finds_and_nothing_found_what_would(client_as):
    staff = client_as("Recruiter")

    assert b"a code such as K-2012" in staff.get("/search/").content
    assert b"Two letters or more" in staff.get("/search/", {"q": "a"}).content
    assert b"Nothing is called" in staff.get("/search/", {"q": "zzz"}).content


@pytest.mark.parametrize("count", [1, 5])
def test_search_asks_one_query_for_each_kind(count, django_assert_num_queries):
    for number in range(count):
        RequisitionFactory(title=f"Agents {number}")
        ProposalFactory(engagement__name=f"Agents {number}")
    by = Actor.objects.select_related("user").get(user=UserFactory(is_superuser=True))

    with django_assert_num_queries(8):
        search.found(search.ask("agents"), by=by)


def test_clients_have_no_box(client_as):
    assert b'class="everywhere"' in client_as("Recruiter").get("/search/").content

    page = client_as("Client viewer").get("/notifications/")
    assert (page.status_code, b'class="everywhere"' in page.content) == (200, False)
