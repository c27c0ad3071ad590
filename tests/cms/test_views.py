import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cms import actions
from cms.models import Contract, Proposal, ProposalView
from core.models import Message
from tests.cms.conftest import approved, person_at, ready_engagement
from tests.factories.cms import ContractFactory, ProposalFactory, SignatureFactory
from tests.factories.engagements import EngagementFactory

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_proposals_asks_few_queries(count, client_as, django_assert_max_num_queries):
    client = client_as("BizDev")
    numbers = [proposal.number for proposal in ProposalFactory.create_batch(count)]

    with django_assert_max_num_queries(12):
        page = text(client.get(reverse("cms:proposals")))

    assert all(number in page for number in numbers)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_contracts_asks_few_queries(count, client_as, django_assert_max_num_queries):
    client = client_as("BizDev")
    contracts = [SignatureFactory().contract for _ in range(count)]

    with django_assert_max_num_queries(12):
        page = text(client.get(reverse("cms:contracts")))

    assert all(contract.number in page for contract in contracts)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["P-1", "P-2"]),
        ("?q=nord", ["P-1"]),
        ("?q=P-2", ["P-2"]),
        ("?q=nord+voice", ["P-1"]),
        ("?state=sent", ["P-2"]),
        ("?state=nonsense&sort=nonsense&page=x", ["P-1", "P-2"]),
        ("?q=nobody", []),
    ],
)
def test_proposals_are_searched_and_filtered(query, found, client_as):
    nord = EngagementFactory(client__name="Nordwind", name="Voice")
    ProposalFactory(number="P-1", engagement=nord)
    ProposalFactory(number="P-2", state="sent")

    page = text(client_as("BizDev").get(reverse("cms:proposals") + query))

    assert [number for number in ["P-1", "P-2"] if f"{number}, version" in page] == found


@pytest.mark.parametrize(
    ("sort", "order"), [("number", ["C-1", "C-2"]), ("-number", ["C-2", "C-1"])]
)
def test_contracts_are_sorted(sort, order, client_as):
    for number in ["C-2", "C-1"]:
        ContractFactory(number=number)

    page = text(client_as("BizDev").get(reverse("cms:contracts"), {"sort": sort}))

    assert sorted(order, key=page.index) == order


def test_empty_lists_say_what_to_do_next(client_as):
    client = client_as("BizDev")

    assert "make a proposal for an engagement" in text(client.get(reverse("cms:proposals")))
    assert "draw one from an accepted proposal" in text(client.get(reverse("cms:contracts")))


def test_proposal_is_made_for_an_engagement_before_agreement(client_as):
    client, engagement = client_as("BizDev"), ready_engagement()
    EngagementFactory(state="live", name="Already live")
    url = reverse("cms:create_proposal")
    assert "Already live" not in text(client.get(url))

    response = client.post(url, {"engagement": engagement.pk, "title": "Sixty agents"})

    proposal = Proposal.objects.get()
    assert response.url == proposal.get_absolute_url()
    assert proposal.page.title == "Sixty agents"


def test_send_page_shows_receivers_mail_and_text_before_anything_goes_out(draft, bizdev, client_as):
    client, url = client_as(bizdev.user), reverse("cms:send_proposal", args=[draft.pk])
    approved(draft, bizdev)

    page = text(client.get(url))

    for words in ["Maja Hansen", "Our proposal P-", "It goes out at once.", "€10,000"]:
        assert words in page
    assert not Message.objects.filter(template="cms.proposal_sent").exists()
    client.post(url)
    assert Message.objects.filter(template="cms.proposal_sent").count() == 1


def test_send_page_that_comes_too_late_says_why(draft, bizdev, client_as):
    url = reverse("cms:send_proposal", args=[draft.pk])
    client = client_as(bizdev.user)

    assert [client.get(url).status_code, client.post(url).status_code] == [409, 409]
    assert Proposal.objects.get().state == "draft"


def test_client_reads_what_was_sent_and_is_noted(sent, approver, client_as):
    client = client_as(approver.user)
    url = reverse("cms:client_proposal", args=[sent.pk])

    page = text(client.get(url))
    client.get(url)

    assert sent.frozen.html in page
    assert sent.frozen.sha256 in page
    assert "Accept…" in page
    assert ProposalView.objects.count() == 1


def test_viewer_sees_no_buttons(sent, client_as):
    viewer = person_at(sent.engagement.client, "Client viewer")

    page = text(client_as(viewer.user).get(reverse("cms:client_proposal", args=[sent.pk])))

    assert sent.frozen.sha256 in page
    assert reverse("cms:accept_proposal", args=[sent.pk]) not in page


def test_staff_look_on_without_being_noted(sent, bizdev, client_as):
    client_as(bizdev.user).get(reverse("cms:client_proposal", args=[sent.pk]))

    assert not ProposalView.objects.exists()


def test_acceptance_without_confirmation_loses_nothing(sent, approver, client_as):
    url = reverse("cms:accept_proposal", args=[sent.pk])

    response = client_as(approver.user).post(url, {"name": "M. Hansen", "title": "", "note": "Yes"})

    assert response.status_code == 422
    assert 'value="M. Hansen"' in text(response)
    assert response.context["form"].errors.keys() == {"title", "confirm"}
    assert Proposal.objects.get().state == "sent"


def test_client_accepts_on_the_page(sent, approver, client_as):
    client, url = client_as(approver.user), reverse("cms:accept_proposal", args=[sent.pk])

    client.post(url, {"name": "M. Hansen", "title": "Head", "note": "", "confirm": "on"})

    page = text(client.get(reverse("cms:client_proposal", args=[sent.pk])))
    assert "Accepted by M. Hansen, Head." in page
    assert "Accept…" not in page
    assert client.get(url).status_code == 409


def test_client_declines_on_the_page_with_a_reason(sent, approver, client_as):
    client, url = client_as(approver.user), reverse("cms:decline_proposal", args=[sent.pk])

    assert client.post(url, {"name": "A", "title": "B"}).status_code == 422
    client.post(url, {"name": "A", "title": "B", "note": "Too dear."})

    assert Proposal.objects.get().answer_note == "Too dear."


def test_proposal_page_says_who_has_read_it(sent, bizdev, approver, client_as):
    client_as(approver.user).get(reverse("cms:client_proposal", args=[sent.pk]))
    actions.new_proposal_version(sent, by=bizdev)

    page = text(client_as(bizdev.user).get(sent.get_absolute_url()))

    assert "Who has read it" in page
    assert "not yet" not in page
    assert "Version 2" in page


def test_signer_asks_for_a_code_and_signs(issued, approver, client_as, settings):
    settings.DEMO = True
    client = client_as(approver.user)
    sign_url = reverse("cms:sign_contract", args=[issued.pk])
    assert issued.document_sha256 in text(client.get(sign_url))
    asked = client.post(reverse("cms:signing_code", args=[issued.pk]))
    assert asked.url == sign_url
    assert approver.user.email in str(next(iter(get_messages(asked.wsgi_request))))

    response = client.post(
        sign_url, {"name": "M. Hansen", "title": "Head", "code": "12345", "consent": "on"}
    )

    assert response.status_code == 422
    assert "A code has six digits." in text(response)
    assert Contract.objects.get().state == "issued"


def test_wrong_code_is_told_beside_its_field(issued, approver, client_as):
    url = reverse("cms:sign_contract", args=[issued.pk])

    response = client_as(approver.user).post(
        url, {"name": "M. Hansen", "title": "Head", "code": "123456", "consent": "on"}
    )

    assert response.status_code == 422
    assert response.context["form"].errors["code"] == ["There is no valid code. Ask for a new one."]


def test_contract_is_voided_on_its_page_with_a_reason(issued, bizdev, approver, client_as):
    client, url = client_as(bizdev.user), reverse("cms:void_contract", args=[issued.pk])
    assert approver.user.email in text(client.get(url))

    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "A wrong name."})

    assert Contract.objects.get().void_reason == "A wrong name."


def test_contract_of_a_client_is_downloaded_by_the_client_only(issued, approver, client_as):
    url = issued.document.get_absolute_url()
    other = person_at(EngagementFactory().client, "Client approver")

    assert client_as(other.user).get(url).status_code == 404
    response = client_as(approver.user).get(url)

    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_form_of_a_second_contract_says_why_there_is_none(contract, bizdev, client_as):
    url = reverse("cms:draw_contract", args=[contract.proposal_id])

    response = client_as(bizdev.user).get(url)

    assert response.status_code == 409
    assert f"{contract} is drawn from it already." in text(response)
