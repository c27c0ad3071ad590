import re

import pytest
from django.core import mail

from core import effects, links, mail_texts, messages, people
from core.forms import MailTextForm
from core.mail_sources import shipped
from core.models import Actor, Effect, Link, MailTemplate, Message
from core.tasks import run_effect
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"http://testserver/invitation/\S+/")


@pytest.fixture
def invited(django_capture_on_commit_callbacks):
    """Return a function that invites somebody, whose mail then goes out."""

    def invite(name="Nuala O'Brien", email="nuala@cadre.example"):
        with django_capture_on_commit_callbacks(execute=True):
            people.invite(email=email, name=name, role="Recruiter", by=Actor.objects.system())
        return Message.objects.get(to=email)

    return invite


def fail_to_send(monkeypatch):
    def send(self, **kwargs):
        raise ConnectionRefusedError("the mail server is away")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)


def test_mail_goes_out_with_its_link_and_its_row_says_so(invited):
    message = invited()

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["nuala@cadre.example"], "Your access to Cadre")
    assert sent.body.startswith("Hello Nuala O'Brien,\n")
    assert ADDRESS.search(sent.body)
    assert (message.outcome, message.error) == ("sent", "")
    assert message.sent_at


def test_row_of_a_mail_does_not_hold_its_link(invited):
    message = invited()

    token = ADDRESS.search(mail.outbox[0].body)[0].rstrip("/").rsplit("/", 1)[-1]
    stored = " ".join(str(value) for value in Message.objects.values_list().get())
    assert token not in stored
    assert f"[[link:{Link.objects.get().pk}]]" in message.body
    assert message.clear_body == ""


def test_demo_keeps_the_mail_as_it_was_read(invited, settings):
    settings.DEMO = True

    message = invited()

    assert message.clear_body == mail.outbox[0].body
    assert ADDRESS.search(message.clear_body)


def test_mail_delivered_twice_is_sent_once(invited):
    message = invited()

    messages.deliver(message.pk)
    run_effect(Effect.objects.get().pk)

    assert len(mail.outbox) == 1


def test_name_written_like_a_link_opens_nobodys(invited):
    victim = links.promise(
        people.INVITATION, UserFactory(), email="boss@cadre.example", by=Actor.objects.system()
    )

    invited(name=f"[[link:{victim.pk}]]")

    victim.refresh_from_db()
    assert victim.token_hash == ""
    assert f"Hello [[link:{victim.pk}]]," in mail.outbox[0].body


def test_link_promised_to_one_is_not_sent_to_another():
    link = links.promise(
        people.INVITATION, UserFactory(), email="a@x.example", by=Actor.objects.system()
    )

    with pytest.raises(ValueError, match="somebody else"):
        messages.send("core.invitation", to="b@x.example", links={"link": link}, name="", by="")


def test_edited_text_is_sent_instead(invited, user_as):
    MailTemplate.objects.create(
        name="core.invitation",
        subject_line="{{ name }}, come in",
        body="{% if by %}{{ by }} & {{ link }}{% endif %}",
        edited_by=user_as("Administrator"),
    )

    invited()

    (sent,) = mail.outbox
    assert sent.subject == "Nuala O'Brien, come in"
    assert re.fullmatch(r"Cadre & http://testserver/invitation/\S+/", sent.body)


def test_edited_text_that_can_not_be_filled_in_gives_way_to_the_shipped_one(invited, user_as):
    MailTemplate.objects.create(
        name="core.invitation",
        subject_line="Come in",
        body="{{ link|default:misspelt }}",
        edited_by=user_as("Administrator"),
    )

    invited()

    assert mail.outbox[0].subject == "Your access to Cadre"


def test_secret_is_stored_encrypted_and_wiped_when_sent(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        row = messages.queue(
            "x", to="a@x.example", subject_line="Code", body="It is [[secret]].", secret="YXPQ-77"
        )
    before = " ".join(str(value) for value in Message.objects.values_list().get())
    callbacks[0]()
    row.refresh_from_db()

    assert "YXPQ-77" not in before
    assert mail.outbox[0].body == "It is YXPQ-77."
    assert (row.sealed, row.body) == ("", "It is [[secret]].")


def test_mail_that_can_not_be_sent_waits_and_then_has_failed(invited, monkeypatch):
    fail_to_send(monkeypatch)
    message = invited()
    first = message.outcome
    effect = Effect.objects.get()
    for _ in range(effects.MAX_ATTEMPTS):
        Effect.objects.update(due_at=effect.created_at)
        run_effect(effect.pk)
    message.refresh_from_db()

    assert first == "queued"
    assert message.outcome == "failed"
    assert message.error == "ConnectionRefusedError: the mail server is away"


def test_failed_mail_that_is_requeued_is_sent(invited, django_capture_on_commit_callbacks):
    message = invited()
    Message.objects.update(outcome="failed", error="no", sent_at=None)
    Effect.objects.update(state="dead", attempts=8)

    with django_capture_on_commit_callbacks(execute=True):
        effects.requeue(Effect.objects.get())

    message.refresh_from_db()
    assert (message.outcome, message.error) == ("sent", "")
    assert len(mail.outbox) == 2


def test_mail_sent_is_not_called_failed_by_a_late_word(invited):
    message = invited()

    messages.give_up(message.pk, error="too late")

    message.refresh_from_db()
    assert (message.outcome, message.error) == ("sent", "")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_mail_may_be_edited_as_it_is(name, language):
    text = mail_texts.text(name, language)

    form = MailTextForm(name, text, language=language)

    assert form.errors == {}
    assert text["shipped"] == f"{text['subject_line']}\n\n{text['body']}"
    assert "blocktranslate" not in text["shipped"]
