"""One sign-in for all: allauth by e-mail, for who was invited; its mails are our messages."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from core import messages, policies, second_factor
from core.models import Notification, User

# What allauth puts into its mails that nobody but the receiver may read.
SECRETS = ["password_reset_url", "activate_url", "code"]


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """Fetch the user with actor, unread notifications and all policies, in one query."""
        unread = Notification.objects.unread().filter(user=OuterRef("pk")).order_by()
        count = unread.values("user").annotate(number=Count("pk")).values("number")
        users = User.objects.select_related("actor").annotate(
            unread=Subquery(count), policies=policies.as_column(), **second_factor.annotations()
        )
        user = users.filter(pk=user_id).first()
        if user is not None:
            policies.remember(user.policies)
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return what a user's roles and own rights allow, in one query instead of Django's two."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            rights = Permission.objects.all()
            if not user_obj.is_superuser:
                by_role = Group.permissions.through.objects.filter(group__user=user_obj)
                own = User.user_permissions.through.objects.filter(user=user_obj)
                rights = rights.filter(
                    Q(pk__in=by_role.values("permission")) | Q(pk__in=own.values("permission"))
                )
            names = rights.order_by().values_list("content_type__app_label", "codename")
            user_obj._perm_cache = {f"{app}.{name}" for app, name in names}
        return user_obj._perm_cache


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
            language=get_language() or settings.LANGUAGE_CODE,
            secret=secret,
        )
