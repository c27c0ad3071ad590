from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from core.models.actors import Actor


class UserKind(models.TextChoices):
    """On whose side someone is. What they may do is said by their roles."""

    STAFF = "staff", "staff"
    CLIENT = "client", "client"
    VENDOR = "vendor", "vendor"


class UserManager(BaseUserManager["User"]):
    def visible_to(self, actor: "Actor") -> "models.QuerySet[User]":
        """Those whose pages somebody may open: all, for whoever looks after people."""
        if actor.is_trusted or actor.has_perm("core.manage_people"):
            return self.all()
        return self.none()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in: one of our staff, or a person at a client or a vendor."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True, help_text="What the person is at work.")
    kind = models.CharField(max_length=10, choices=UserKind, default=UserKind.STAFF)
    time_zone = models.CharField(max_length=50, default="UTC")
    # Of mails to them; chosen with whoever invited them, and by the switch on pages.
    language = models.CharField(max_length=10, default="en", choices=settings.LANGUAGES)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        permissions = [
            ("manage_people", "Can invite people and give roles"),
            ("manage_mail", "Can edit mail templates and see what was sent"),
            ("requeue_effect", "Can see effects and requeue dead ones"),
            ("view_styleguide", "Can see the style guide"),
            ("search_everything", "Can search over all that they may see"),
            ("use_client_portal", "Has a client's portal"),
            ("use_vendor_portal", "Has a vendor's portal"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give each person the actor row under which the logs will know them."""
        super().save(*args, **kwargs)
        from core.models.actors import Actor  # noqa: PLC0415 -- actors point to people

        Actor.objects.of_user(self)

    def get_absolute_url(self) -> str:
        return reverse("core:person", args=[self.pk])

    @property
    def is_staff(self) -> bool:
        """What third-party code asks for; with us it is a kind, and gives no right by itself."""
        return self.kind == UserKind.STAFF
