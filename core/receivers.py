"""Sign-ins are noted as they happen, whichever door was used."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from core import audit, sessions, throttling
from core.models import Actor, User


@receiver(user_logged_in)
def note_sign_in(sender: Any, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    if request is not None:
        sessions.begin(request)
    audit.note(
        "sign_in", did="signed_in", by=Actor.objects.of_user(user), about=user, network=_of(request)
    )


@receiver(user_logged_out)
def note_sign_out(sender: Any, request: HttpRequest, user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        by = Actor.objects.of_user(user)
        audit.note("sign_in", did="signed_out", by=by, about=user, network=_of(request))


@receiver([password_changed, password_reset])
def end_other_sessions(sender: Any, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """A new password closes every other browser; Django would only do so when they come again."""
    this = sessions.own_number(request.session)
    sessions.end(user, by=Actor.objects.of_user(user), but=this)


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
