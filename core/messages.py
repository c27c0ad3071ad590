"""Every mail that Cadre sends is a row with its outcome; this module writes and delivers them.

The text of the mail "recruiting.offer" ships as `recruiting/mails/offer.txt`: a first
line `Subject: …`, an empty line, the body. An administrator's edited text replaces it.
"""

import re
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from core import effects
from core.links import mint, placeholder
from core.models import Link, MailTemplate, Message

LINK = re.compile(r"\[\[link:(\d+)\]\]")
SECRET = "[[secret]]"  # noqa: S105 -- a placeholder
# Edited texts may use variables and tags, but load and include nothing.
_edited = Engine(autoescape=False, libraries={"i18n": "django.templatetags.i18n"})


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
    """
    placed = {name: placeholder(link) for name, link in (links or {}).items()}
    subject_line, body = text_of(template, language, {**context, **placed})
    return queue(
        template, to=to, subject_line=subject_line, body=body, about=about, language=language
    )


def text_of(template: str, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return the subject line and the body, in the edited text if there is one."""
    with override(language):
        edited = MailTemplate.objects.filter(name=template, language=language).first()
        if edited:
            values = Context({**context, "base_url": settings.BASE_URL}, autoescape=False)
            line = _edited.from_string(edited.subject_line).render(values)
            return " ".join(line.split()), _edited.from_string(edited.body).render(values)
        app, name = template.split(".", 1)
        whole = render_to_string(
            f"{app}/mails/{name}.txt", {**context, "base_url": settings.BASE_URL}
        )
    first, _, body = whole.strip().partition("\n")
    return " ".join(first.removeprefix("Subject:").split()), body.strip() + "\n"


def queue(
    template: str,
    *,
    to: str,
    subject_line: str,
    body: str,
    about: models.Model | None = None,
    language: str = "en",
    secret: str = "",
) -> Message:
    """Store a mail whose text is ready, and have it sent after the commit."""
    message = Message.objects.create(
        template=template,
        language=language,
        to=to,
        subject=about,
        subject_line=subject_line[:300],
        body=body,
        sealed=_cipher().encrypt(secret.encode()).decode() if secret else "",
    )
    effects.cause("core.send_message", key=f"message:{message.pk}", message=message.pk)
    return message


def deliver(message: int) -> None:
    """Send one mail. A worker that dies between sending and commit lets it go a second time."""
    row = Message.objects.select_for_update().get(pk=message)
    if row.outcome == Message.Outcome.SENT:
        return
    text = LINK.sub(lambda found: mint(int(found[1])), row.body)
    if row.sealed:
        text = text.replace(SECRET, _cipher().decrypt(row.sealed.encode()).decode())
    EmailMessage(row.subject_line, text, to=[row.to]).send()
    row.outcome, row.sent_at, row.sealed, row.error = Message.Outcome.SENT, timezone.now(), "", ""
    if settings.DEMO:
        row.clear_body = text
    row.save(update_fields=["outcome", "sent_at", "sealed", "error", "clear_body"])


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac("core.messages", "", algorithm="sha256").digest()))
