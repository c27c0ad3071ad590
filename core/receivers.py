"""Sign-ins are noted as they happen, whichever door was used."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from core import audit, throttling
from core.models import Actor, User


@receiver(user_logged_in)
def note_sign_in(sender: Any, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    audit.note(
        "sign_in", did="signed_in", by=Actor.objects.of_user(user), about=user, network=_of(request)
    )


@receiver(user_login_failed)
def note_failure(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_kwargs: Any
) -> None:
    """Note whose account was tried, never what was typed: it may be a password."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email=typed.lower()).first()
    audit.note("sign_in", did="sign_in_failed", by=None, about=user, network=_of(request))


def _of(request: HttpRequest | None) -> str:
    if request is None or "REMOTE_ADDR" not in request.META:
        return ""
    return audit.truncated(throttling.address(request))
