"""Mail texts: written out in each language, read on real rows, kept with their history."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from core import mail_texts, messages, people
from core.mail_sources import shipped, written_out
from core.models import AuditEntry, MailTemplate, Message, Notification
from tests.factories.cms import ContractFactory
from tests.factories.core import UserFactory
from tests.factories.engagements import ClientPersonFactory
from tests.factories.recruiting import OfferFactory

pytestmark = pytest.mark.django_db
OFFER = reverse("core:mail_text", args=["recruiting.offer", "es"])
DAY = datetime(2026, 3, 9, tzinfo=UTC)


def test_every_mail_can_be_looked_at_on_real_rows():
    assert [name for name in shipped() if mail_texts.example_of(name) is None] == []


def test_text_is_written_out_in_its_language_without_translators_tags():
    source = shipped()["recruiting.offer"].read_text()

    line, body = written_out(source, "es")

    assert line == "Nuestra oferta para usted: {{ title }}"
    assert '{{ expires_on|date:"DATE_FORMAT" }}' in body
    assert "translate" not in body


def test_plural_is_written_out_as_a_question():
    line, _body = written_out(shipped()["core.digest"].read_text(), "en")

    assert line.startswith("{% if count == 1 %}{{ count }} thing since yesterday{% else %}")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", sorted(shipped()))
def test_written_out_text_reads_as_the_shipped_one(name, language):
    """Whoever only opens and saves a text changes nothing for its readers."""
    values = anything_for(name)
    line, body = written_out(shipped()[name].read_text(), language)

    given = messages.preview(name, line, body, language, values)[:2]

    assert tuple(" ".join(part.split()) for part in given) == tuple(
        " ".join(part.split()) for part in messages.text_of(name, language, values)
    )


class Anything(str):
    """A value that has whatever a text asks of it."""

    def __getattr__(self, name):
        return Anything(f"{self}.{name}")


def anything_for(name):
    """Return a value for each variable of a mail."""
    source = shipped()[name].read_text()
    named = set(re.findall(r"(?:{{ ?|=|if |in )(\w+)", source))
    numbers = {"days": 7, "items": 3, "count": 2, "late": False, "salary": 1, "currency": "EUR"}
    days = dict.fromkeys(["on", "starts_on", "expires_on", "valid_until", "due_at"], DAY)
    return {**dict.fromkeys(named, Anything("x")), **numbers, **days, "rows": [], "facts": []}


def test_administrator_reads_a_mail_as_the_candidate_would(client_as):
    offer = OfferFactory()
    offer.application.candidate.name = "Iker Ruiz"
    offer.application.candidate.save()

    page = client_as("Administrator").get(OFFER, {"record": offer.pk}).text

    assert f"Nuestra oferta para usted: {offer.application.requisition.title}" in page
    assert "Hola, Iker Ruiz:" in page
    assert AuditEntry.objects.filter(did="mail_previewed").exists()


def test_preview_shows_the_text_that_is_not_kept_yet(client_as):
    OfferFactory()
    text = {"subject_line": "Oferta", "body": "Para {{ client }}: {{ link }}", "preview": "1"}

    page = client_as("Administrator").post(OFFER, text).text

    assert "As it would be read" in page
    assert "[el enlace personal" in page
    assert not MailTemplate.objects.exists()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("{{ link }} {{ nmae }}", "This mail may not use {{ nmae }}. It may use {{ base_url }}, "),
        ("{{ link }} {{ title|money:currency }}", "filled in"),
        ("{{ name }}", "Without {{ link }}"),
    ],
)
def test_text_that_the_mail_can_not_fill_is_refused_beside_its_field(body, complaint, client_as):
    OfferFactory()

    answer = client_as("Administrator").post(OFFER, {"subject_line": "Oferta", "body": body})

    assert answer.status_code == 422
    assert complaint in answer.text
    assert not MailTemplate.objects.exists()


SIGNING = reverse("core:mail_text", args=["cms.contract_issued", "en"])
PRYING = [
    "{{ contract.engagement.owner.password }}",
    "{{ contract.engagement.requisitions.all.0.applications.all.0.candidate.email }}",
    "{{ contract.delete }}",
    "{% if contract.sha256 %}x{% endif %}",
    "{% with x=contract.engagement.owner %}{{ x.password }}{% endwith %}",
    "{% for x in contract.engagement.owner.groups.all %}{{ x }}{% endfor %}",
    "{{ name|default:contract.engagement.owner.password }}",
    "{% firstof contract.engagement.owner.password %}",
]


def with_a_password(user):
    user.set_password("a long one, with spaces")
    user.save()
    return user.password


@pytest.mark.parametrize("prying", PRYING)
def test_text_that_reaches_beyond_what_its_mail_says_is_refused_and_shown_nowhere(
    prying, client_as
):
    contract = ContractFactory()
    ClientPersonFactory(client=contract.engagement.client)
    secret = with_a_password(contract.engagement.owner)
    text = {"subject_line": "Contract", "body": f"{{{{ url }}}} {prying}", "preview": "1"}

    answer = client_as("Administrator").post(SIGNING, text)

    assert answer.status_code == 422
    assert "This mail may not use " in answer.text
    assert "It may use {{ base_url }}, {{ contract.number }}, {{ engagement }}" in answer.text
    assert secret not in answer.text


def test_text_kept_before_that_reaches_too_far_gives_way_to_the_shipped_one(client_as):
    contract = ContractFactory()
    secret = with_a_password(contract.engagement.owner)
    client = client_as("Administrator")
    MailTemplate.objects.create(
        name="cms.contract_issued", subject_line="Ours", body=PRYING[0], edited_by=client.user
    )
    says = {"contract": contract, "name": "Ann", "engagement": "x", "url": "u"}

    line, body = messages.text_of("cms.contract_issued", "en", says)

    assert line == f"Contract {contract.number} is ready for your signature"
    assert secret not in body
    page = client.get(SIGNING).text
    assert "The text that ships is sent, and not your own: This mail may not use" in page
    assert "as shipped, since the edited one may not be sent" in client.get("/mail/texts/").text


def test_texts_have_a_history_and_a_way_back(client_as):
    OfferFactory()
    browser = client_as("Administrator")
    for words in ("Primera", "Segunda"):
        browser.post(OFFER, {"subject_line": words, "body": f"{words} {{{{ link }}}}"})
    assert messages.text_of("recruiting.offer", "es", {"link": "x"})[0] == "Segunda"

    browser.post(OFFER, {"reset": "1"})

    page = browser.get(OFFER).text
    assert "This is the text that ships." in page
    assert ("Primera" in page, "Segunda" in page) == (True, True)
    line, _body = messages.text_of("recruiting.offer", "es", anything_for("recruiting.offer"))
    assert line == "Nuestra oferta para usted: x"
    noted = AuditEntry.objects.filter(kind="administration").order_by("pk")
    assert [entry.did for entry in noted] == [
        "mail_text_changed",
        "mail_text_changed",
        "mail_text_as_shipped",
    ]


def test_mail_without_a_row_to_be_about_says_so(client_as):
    page = client_as("Administrator").get(OFFER).text

    assert "No such mail can be written yet." in page


def test_person_is_written_to_in_the_language_they_chose_last(client, actor_as):
    user = people.invite(
        email="n@x.example", name="Nora", role="QA", language="es", by=actor_as("Administrator")
    )
    mail = Message.objects.get(to="n@x.example")
    assert (mail.subject_line, mail.language) == ("Su acceso a Cadre", "es")

    client.force_login(user, backend="core.sign_in.Backend")
    client.post(reverse("core:set_language"), {"language": "en"})

    user.refresh_from_db()
    assert user.language == "en"


def test_digest_example_tells_of_real_notifications(client_as):
    user = UserFactory()
    Notification.objects.create(
        kind="x", user=user, key="1", text="Somebody wrote", url="/you/", channel="page"
    )
    path = reverse("core:mail_text", args=["core.digest", "en"])

    assert "Somebody wrote" in client_as("Administrator").get(path).text
