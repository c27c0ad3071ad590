import re

import pytest
from django.urls import reverse

from core import workflow
from core.models import Actor, Effect, MailTemplate, Message, User
from tests.factories.core import UserFactory
from tests.factories.engagements import SeatFactory
from tests.factories.vendors import VendorFactory
from vendors.models import Vendor

pytestmark = pytest.mark.django_db


def step_url(subject, step):
    return reverse("core:step", args=[subject._meta.label_lower, subject.pk, step])


def test_step_is_taken_with_its_note_and_leads_back(client_as):
    vendor = VendorFactory()

    response = client_as("BizDev").post(
        step_url(vendor, "submit"), {"note": "All in", "next": "/vendors/?page=2"}
    )

    assert (response.status_code, response["Location"]) == (302, "/vendors/?page=2")
    line = vendor.log.get()
    assert (line.step, line.note, line.by.name) == (
        "submit",
        "All in",
        response.wsgi_request.user.name,
    )


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""]
)
def test_step_leads_to_no_other_host(elsewhere, client_as):
    vendor = VendorFactory()

    response = client_as("BizDev").post(step_url(vendor, "submit"), {"next": elsewhere})

    assert response["Location"] == vendor.get_absolute_url()


def test_step_come_too_late_is_answered_by_why(client_as):
    vendor = VendorFactory()
    workflow.take_step(vendor, "submit", by=Actor.objects.system())

    response = client_as("BizDev").post(step_url(vendor, "submit"))

    assert response.status_code == 409
    assert "This is no longer possible: it is in review." in response.content.decode()
    assert vendor.log.count() == 1


def test_step_refused_names_its_blockers_and_who_can_clear_them(client_as):
    vendor = VendorFactory(state="in_review")

    response = client_as("HR director").post(step_url(vendor, "approve"))

    assert response.status_code == 409
    html = response.content.decode()
    assert "Nobody at the vendor has access yet: invite a person." in html
    assert "our staff" in html
    assert Vendor.objects.get().state == "in_review"


@pytest.mark.parametrize("kind", ["route", "automatic"])
def test_step_with_a_page_of_its_own_or_none_is_not_there(kind, client_as, monkeypatch):
    vendor = VendorFactory()
    step = workflow.steps(vendor)["submit"]
    monkeypatch.setitem(step.custom, kind, "vendors:vendor")

    response = client_as("Administrator").post(step_url(vendor, "submit"))

    assert response.status_code == 404
    assert not vendor.log.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/steps/core.user/1/delete/",
        "/steps/nowhere.thing/1/submit/",
        "/steps/vendors/1/submit/",
        "/steps/vendors.vendor/99999/submit/",
    ],
)
def test_step_of_something_without_a_machine_is_not_there(path, client_as):
    assert client_as("Administrator").post(path).status_code == 404


def test_step_is_taken_by_post_only(client_as):
    assert client_as("BizDev").get(step_url(VendorFactory(), "submit")).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_people_take_the_same_queries_however_many(count, client_as, django_assert_max_num_queries):
    client = client_as("Administrator")
    UserFactory.create_batch(count)

    with django_assert_max_num_queries(9):
        response = client.get("/people/")

    assert len(response.context["list"].lines) == count + 1


def test_people_are_found_by_a_part_of_name_or_address(client_as):
    client = client_as("Administrator")
    UserFactory(name="Ana Prus", email="x1@a.example")
    UserFactory(name="Jan", email="prus@b.example", kind="client")

    found = [
        [str(user) for user, _ in client.get("/people/", query).context["list"].lines]
        for query in [{"q": "PRUS"}, {"q": "prus", "kind": "client"}, {"q": "nobody"}]
    ]

    assert found == [["Jan", "Ana Prus"], ["Jan"], []]


def test_mails_are_found_by_address_and_outcome(client_as):
    for to, outcome in [("a@x.example", "sent"), ("b@x.example", "failed")]:
        Message.objects.create(template="x", to=to, subject_line=to, body="x", outcome=outcome)
    client = client_as("Administrator")

    found = [
        [mail.to for mail, _ in client.get("/mail/", query).context["list"].lines]
        for query in [{"to": "A@X"}, {"outcome": "failed"}, {"outcome": "nonsense"}]
    ]

    assert found == [["a@x.example"], ["b@x.example"], ["b@x.example", "a@x.example"]]


def test_mail_in_the_demo_has_links_that_can_be_followed(client, settings):
    settings.DEMO = True
    mail = Message.objects.create(
        template="x",
        to="a@x.example",
        subject_line="x",
        body="x",
        clear_body="Come: http://testserver/invitation/abc/\n<script>",
    )

    html = client.get(mail.get_absolute_url()).content.decode()

    assert 'href="http://testserver/invitation/abc/"' in html
    assert "<script>\n" not in html
    assert "&lt;script&gt;" in html


def test_failed_mail_shows_why(client_as):
    mail = Message.objects.create(
        template="x",
        to="a@x.example",
        subject_line="x",
        body="It is [[secret]].",
        outcome="failed",
        error="SMTPException: mailbox full",
    )

    html = client_as("Administrator").get(mail.get_absolute_url()).content.decode()

    assert "It was not sent: SMTPException: mailbox full" in html
    assert "It is [[secret]]." in html


def test_mail_text_is_edited_and_says_by_whom(client_as):
    client = client_as("Administrator")
    text = {"subject_line": "Come in", "body": "Hello {{ name }}: {{ link }}"}

    response = client.post("/mail/texts/core.invitation/en/", text)

    assert response.status_code == 302
    row = MailTemplate.objects.get()
    assert (row.subject_line, row.body, row.edited_by) == (*text.values(), client.user)
    assert "1 of " in client.get("/mail/texts/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("body", "Hello {{ name }", "Without {{ link }}"),
        ("body", "{% include 'x' %} {{ link }}", "may not use {% include &#x27;x&#x27; %}"),
        ("body", "{% load static %} {{ link }}", "can&#x27;t be used"),
        ("body", "{% load l10n %} {{ link }}", "may not use {% load l10n %}"),
        ("body", "{% debug %} {{ link }}", "may not use {% debug %}"),
        ("body", "{{ link }}{% if days.real %}{% endif %}", "may not use {{ days.real }}"),
        ("body", "{{ link|default:by.kind }}", "may not use {{ by.kind }}, |default"),
        ("body", "{% if %} {{ link }}", "can&#x27;t be used"),
        ("subject_line", "{% nonsense %}", "can&#x27;t be used"),
        ("subject_line", "", "This field is required."),
    ],
)
def test_mail_text_that_can_not_be_sent_is_refused(field, value, complaint, client_as):
    text = {"subject_line": "Come in", "body": "{{ link }}"} | {field: value}

    response = client_as("Administrator").post("/mail/texts/core.invitation/en/", text)

    assert response.status_code == 422
    assert complaint in response.content.decode()
    assert not MailTemplate.objects.exists()


def test_dead_effect_is_shown_with_its_error_and_requeued(client_as):
    row = Effect.objects.create(
        name="tests.none", key="k", state="dead", attempts=8, error="OSError: no room"
    )
    client = client_as("Administrator")

    html = client.get("/effects/").content.decode()
    client.post(reverse("core:requeue", args=[row.pk]))

    assert "1 effect has failed for good." in html
    assert "OSError: no room" in html
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("pending", 0)
    assert client.post(reverse("core:requeue", args=[row.pk])).status_code == 404


@pytest.mark.parametrize("path", ["/people/", "/mail/", "/styleguide/", "/accounts/login/"])
def test_our_pages_allow_scripts_and_styles_from_files_only(path, client, client_as):
    if "login" not in path:
        client_as("Administrator")

    response = client.get(path)

    policy = response["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "default-src 'self'" in policy
    html = response.content.decode()
    assert re.findall(r"<style|style=|javascript:|\son\w+=|<script(?![^>]*\ssrc=)", html) == []


def test_sign_out_ends_the_session(client_as):
    client = client_as("Recruiter")

    client.post("/accounts/logout/")

    assert client.get("/people/").status_code == 302


def test_health_says_ok(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert User.objects.count() == 0


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/login/code/", "/mail/"])
def test_demo_leads_strangers_to_its_mail(path, client, settings):
    shown = []
    for settings.DEMO in [True, False]:
        shown.append("Mails of this demo" in client.get(path).content.decode())

    assert shown == [True, False]


def test_automatic_step_is_not_there_from_any_state(client_as):
    seat = SeatFactory(state="live")

    response = client_as("Administrator").post(step_url(seat, "approve"))

    assert response.status_code == 404
