from typing import Self

from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Actor, Kind, User


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our staff; for a client's person, their own."""
        if actor.is_trusted or actor.has_perm("engagements.view_client"):
            return self
        return self.of(actor)

    def of(self, actor: Actor) -> Self:
        """The client that somebody is at, or to which a service account is limited."""
        if actor.kind == Kind.SERVICE:
            return actor.limit(self)  # type: ignore[return-value]
        return self.filter(people__user=actor.user, people__user__isnull=False)

    def with_counts(self) -> Self:
        """Annotate how many engagements a client has, and how many people with access."""
        return self.annotate(
            engagement_count=Count("engagements", distinct=True),
            people_count=Count("people", distinct=True),
        )


class Client(models.Model):
    """A company that has its customers cared for by teams of ours."""

    class Size(models.TextChoices):
        SMALL = "small", _("up to 50 people")
        MEDIUM = "medium", _("51 to 500 people")
        LARGE = "large", _("501 to 5,000 people")
        ENTERPRISE = "enterprise", _("more than 5,000 people")

    name = models.CharField(max_length=200, unique=True)
    legal_name = models.CharField(max_length=200, blank=True)
    industry = models.CharField(max_length=100)
    size = models.CharField(max_length=10, choices=Size, default=Size.MEDIUM)
    country = models.CharField(max_length=2, help_text=_("Two letters, as in DE."))
    time_zone = models.CharField(max_length=50, default="UTC")
    # On whose public holidays nothing is due from it: see core.calendars.
    holiday_region = models.CharField(_("public holidays of"), max_length=10, blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagements:client", args=[self.pk])

    def deciders(self, permission: str) -> list[User]:
        """Return the client's people who have a right, by name."""
        users = [person.user for person in self.people.select_related("user")]
        able = [user for user in users if user.is_active and user.has_perm(permission)]
        return sorted(able, key=lambda user: (user.name, user.pk))


class ClientPerson(models.Model):
    """Someone at a client who signs in. Whether they may decide is said by their role."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="people")
    user = models.OneToOneField(User, models.CASCADE, related_name="client_person")

    def __str__(self) -> str:
        return str(self.user)

    @staticmethod
    def elsewhere(email: str, client: Client) -> bool:
        """Tell whether the address is taken by somebody who is not at this client."""
        taken = User.objects.filter(email__iexact=email)
        return taken.exclude(client_person__client=client).exists()
