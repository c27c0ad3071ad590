from core.views.mail import effects, mail, mail_text, mail_texts, message, requeue
from core.views.people import invitation, invite, people
from core.views.site import file, healthz, step, styleguide

__all__ = [
    "effects",
    "file",
    "healthz",
    "invitation",
    "invite",
    "mail",
    "mail_text",
    "mail_texts",
    "message",
    "people",
    "requeue",
    "step",
    "styleguide",
]
