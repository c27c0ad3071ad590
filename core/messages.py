"""Every mail that Cadre sends is a row with its outcome; this module writes and delivers them.

The text of the mail "recruiting.offer" ships as `recruiting/mails/offer.txt`: a first
line `Subject: …`, an empty line, the body. An administrator's edited text replaces it.
Texts are plain: nothing in them is escaped.
"""

import logging
import re
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template import Context
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from core import effects
from core.links import mint, placeholder
from core.mail_sources import UNKNOWN, TextRefused, ready, shipped_texts
from core.models import Link, MailTemplate, Message

log = logging.getLogger("cadre.messages")
LINK = re.compile(r"\[\[link:(\d+)\]\]")
SECRET = "[[secret]]"  # noqa: S105 -- a placeholder


def send(
    template: str,
    *,
    to: str,
    about: models.Model | None = None,
    language: str = "en",
    links: dict[str, Link] | None = None,
    **context: Any,
) -> Message:
    """Write the mail `template` to `to`, and have it sent once this transaction is committed.

    `links` are promised links; the template prints them by name, as it does the context.
    They must be promised to `to`: nobody is sent another's link.
    """
    if any(link.email.lower() != to.lower() for link in (links or {}).values()):
        raise ValueError(f"A link in {template} was promised to somebody else than {to}.")
    placed = {name: placeholder(link) for name, link in (links or {}).items()}
    subject_line, body = text_of(template, language, {**context, **placed})
    return queue(
        template, to=to, subject_line=subject_line, body=body, about=about, language=language
    )


def text_of(template: str, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return the subject line and the body, in the edited text if there is one.

    An edited text that can't be filled in, or uses what its mail may not, gives way to the
    one that ships: nobody's step fails for a misspelt word in a mail.
    """
    values = {**context, "base_url": settings.BASE_URL}
    with override(language):
        edited = MailTemplate.objects.filter(name=template, language=language).first()
        try:
            if edited and edited.body:
                return _filled(edited, values)
        except TextRefused as error:
            log.warning("the edited text of %s is not sent: %s", template, error)
        except Exception:
            log.exception("the edited text of %s can't be filled in", template)
        app, name = template.split(".", 1)
        whole = shipped_texts.get_template(f"{app}/mails/{name}.txt").render(_plain(values))
    first, _, body = whole.strip().partition("\n")
    return " ".join(first.removeprefix("Subject:").split()), body.strip() + "\n"


def preview(
    template: str, subject_line: str, body: str, language: str, context: dict[str, Any]
) -> tuple[str, str, set[str]]:
    """Return how an edited text would read, and the names in it that the mail does not know.

    Raises TextRefused for one that uses what its mail may not.
    """
    values = {**context, "base_url": settings.BASE_URL}
    with override(language):
        line, text = (
            ready(template, language, part, strict=True).render(_plain(values))
            for part in (subject_line, body)
        )
    left, right = UNKNOWN.split("%s")
    found = re.findall(f"{left}(.*?){right}", line + text)
    return " ".join(line.split()), text, set(found)


def _filled(edited: MailTemplate, values: dict[str, Any]) -> tuple[str, str]:
    line, body = (
        ready(edited.name, edited.language, part).render(_plain(values))
        for part in (edited.subject_line, edited.body)
    )
    return " ".join(line.split()), body


def _plain(values: dict[str, Any]) -> Context:
    return Context(values, autoescape=False)


@transaction.atomic
def queue(
    template: str,
    *,
    to: str,
    subject_line: str,
    body: str,
    about: models.Model | None = None,
    language: str = "en",
    secret: str = "",
    after: timedelta = timedelta(0),
) -> Message:
    """Store a mail whose text is ready, and have it sent after the commit, or later."""
    message = Message.objects.create(
        template=template,
        language=language,
        to=to,
        subject=about,
        subject_line=subject_line[:300],
        body=body,
        sealed=_cipher().encrypt(secret.encode()).decode() if secret else "",
    )
    effects.cause("core.send_message", key=f"message:{message.pk}", after=after, message=message.pk)
    return message


def deliver(message: int) -> None:
    """Send one mail. A worker that dies between sending and commit lets it go a second time."""
    row = Message.objects.select_for_update().get(pk=message)
    if row.outcome == Message.Outcome.SENT:
        return
    if row.notifications.filter(user__is_active=False).exists():
        give_up(message, error="The account is closed.")
        return
    text = LINK.sub(lambda found: mint(int(found[1]), to=row.to), row.body)
    if row.sealed:
        text = text.replace(SECRET, _cipher().decrypt(row.sealed.encode()).decode())
    EmailMessage(row.subject_line, text, to=[row.to]).send()
    row.outcome, row.sent_at, row.sealed, row.error = Message.Outcome.SENT, timezone.now(), "", ""
    if settings.DEMO:
        row.clear_body = text
    row.save(update_fields=["outcome", "sent_at", "sealed", "error", "clear_body"])


def give_up(message: int, *, error: str) -> None:
    """Note that a mail will not be sent. Its effect can be requeued: then it may yet be."""
    rows = Message.objects.filter(pk=message, outcome=Message.Outcome.QUEUED)
    rows.update(outcome=Message.Outcome.FAILED, error=error)


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac("core.messages", "", algorithm="sha256").digest()))
