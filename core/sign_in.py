"""One sign-in for all: allauth by e-mail, for who was invited; its mails are our messages."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string

from core import messages
from core.models import User

# What allauth puts into its mails that nobody but the receiver may read.
SECRETS = ["password_reset_url", "activate_url", "code"]


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """Fetch the user with the actor that the logs know them by, in one query."""
        user = User.objects.select_related("actor").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Lead to our own address: that of the request is whatever a stranger made it."""
        asked_at: str = super().get_reset_password_from_key_url(key)
        return settings.BASE_URL + urlsplit(asked_at).path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one of allauth's mails as a message; what it keeps secret is stored encrypted."""
        site = {"name": "Cadre", "domain": settings.BASE_URL}
        context = {"request": self.request, "email": email, "current_site": site, **context}
        line = render_to_string(f"{template_prefix}_subject.txt", context)
        body = render_to_string(f"{template_prefix}_message.txt", context).strip() + "\n"
        secret = next((str(context[name]) for name in SECRETS if context.get(name)), "")
        messages.queue(
            template_prefix.replace("/", "."),
            to=email,
            subject_line=" ".join(line.split()),
            body=body.replace(secret, messages.SECRET) if secret else body,
            about=context.get("user"),
            secret=secret,
        )
