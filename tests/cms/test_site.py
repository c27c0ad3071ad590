from datetime import date

import pytest
from django.urls import reverse

from cms import actions
from cms.models import CareersPage, HomePage, JobPage, ProposalPage
from core.workflow import take_step
from tests.approvals import approved_by
from tests.factories.engagements import LineOfBusinessFactory, SeatFactory
from tests.factories.recruiting import RequisitionFactory

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def job(country, language, **fields):
    line = LineOfBusinessFactory(language=language)
    requisition = RequisitionFactory(state="open", country=country, line=line, **fields)
    return actions.publish_job(requisition)


def test_site_is_ours_from_the_first_migration(client):
    home = HomePage.objects.get()

    assert (home.url, CareersPage.objects.get().url) == ("/", "/careers/")
    assert "<h1>Cadre</h1>" in text(client.get("/"))
    assert HomePage.find_problems() == ([], [], [], [], [])


def test_careers_page_without_a_job_says_when_to_come_back(client):
    page = text(client.get("/careers/"))

    assert "0 jobs are open." in page
    assert "New ones appear here on the day they open." in page


def test_job_page_says_what_where_and_leads_to_the_application(client):
    page = job("PL", "de", title="Agent, phone", place="Kraków", monthly_salary_from=1500)

    shown = text(client.get(page.url))

    apply_url = reverse("recruiting:apply", args=[page.requisition_id])
    for words in [
        "<h1>Agent, phone</h1>",
        "Kraków, Poland · German",
        "You help callers of a bank.",
        "€1,500",
        f'href="{apply_url}"',
    ]:
        assert words in shown


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["One", "Two", "Three"]),
        ("?country=PL", ["One", "Two"]),
        ("?language=de", ["One", "Three"]),
        ("?country=PL&language=de", ["One"]),
        ("?country=XX&language=<b>", ["One", "Two", "Three"]),
    ],
)
def test_jobs_are_filtered_by_country_and_language(query, titles, client):
    job("PL", "de", title="One")
    job("PL", "fr", title="Two")
    job("ES", "de", title="Three")

    page = text(client.get("/careers/" + query))

    assert [title for title in ["One", "Two", "Three"] if f">{title}</a>" in page] == titles
    assert "<b>" not in page


@pytest.mark.parametrize("job_count", [1, 3])
def test_careers_page_asks_the_same_few_queries(job_count, client, django_assert_max_num_queries):
    for number in range(job_count):
        job("PL", "de", title=f"Job {number}")

    with django_assert_max_num_queries(9):
        page = text(client.get("/careers/"))

    assert all(f">Job {number}</a>" in page for number in range(job_count))


def test_job_follows_its_requisition(client, actor_as, system):
    hr, seat = actor_as("HR director"), SeatFactory(state="approved")
    requisition = RequisitionFactory(
        state="in_approval", engagement=seat.engagement, seats=[seat], title="Agent"
    )
    path = f"/careers/agent-{requisition.number.lower()}/"
    assert client.get(path).status_code == 404

    found = []
    requisition = approved_by(requisition, hr)
    found.append(client.get(path).status_code)
    for step in ["hold", "resume", "cancel"]:
        requisition = take_step(requisition, step, by=system)
        found.append(client.get(path).status_code)

    assert found == [200, 404, 200, 404]
    assert JobPage.objects.count() == 1


def test_page_edited_by_hand_keeps_its_text_when_it_opens_again(system):
    page = job("PL", "de")
    page.body = "<p>Free tea.</p>"
    page.save_revision().publish()

    for step in ["hold", "resume"]:
        take_step(type(page.requisition).objects.get(), step, by=system)

    assert "Free tea." in JobPage.objects.get().body


def test_draft_follows_its_newest_revision(draft):
    page = ProposalPage.objects.get(pk=draft.page_id)
    page.title, page.valid_until = "Better", date(2031, 1, 1)

    page.save_revision()

    row = ProposalPage.objects.get(pk=page.pk)
    assert (row.title, row.valid_until, row.live) == ("Better", date(2031, 1, 1), False)


def test_editor_previews_the_draft_as_the_client_will_see_it(draft, bizdev, client_as):
    page = ProposalPage.objects.get(pk=draft.page_id)
    client_as(bizdev.user)

    response = page.make_preview_request(preview_mode="")

    shown = text(response)
    assert "2 agents in a team of 3, live on 3 September 2029, for €10,000 a month." in shown
    assert '<article class="paper">' in shown
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_editor_saves_the_draft_and_cannot_publish_it(draft, bizdev, client_as):
    client = client_as(bizdev.user)
    url = reverse("wagtailadmin_pages:edit", args=[draft.page_id])

    form = text(client.get(url))

    assert "Save draft" in form
    assert "action-publish" not in form


def test_nobody_edits_a_proposal_that_is_no_longer_a_draft(sent, bizdev, client_as):
    client = client_as(bizdev.user)
    url = reverse("wagtailadmin_pages:edit", args=[sent.page_id])

    assert "This proposal is no longer a draft" in text(client.get(url))
    changed = {"title": "Changed", "slug": "changed", "valid_until": "2031-01-01"}
    client.post(url, {**changed, "body-count": "0"})

    assert ProposalPage.objects.get(pk=sent.page_id).title != "Changed"


def test_public_pages_allow_no_inline_style_or_script(client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "style=" not in text(client.get("/careers/"))
