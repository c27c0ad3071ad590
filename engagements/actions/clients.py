from django.db import transaction

from core import people
from core.models import Actor
from core.workflow import Blocker, StepRefused
from engagements.models import Client, ClientPerson


@transaction.atomic
def invite_person(
    client: Client,
    *,
    email: str,
    name: str,
    may_decide: bool,
    by: Actor,
    language: str = "en",
) -> ClientPerson:
    """Give somebody at the client an account: one who decides, or one who only looks.

    Raises StepRefused for an address that belongs to our staff, a vendor or another client.
    """
    if ClientPerson.elsewhere(email, client):
        raise StepRefused(Blocker(f"{email} belongs to somebody who is not at {client}."))
    role = "Client approver" if may_decide else "Client viewer"
    user = people.invite(email=email, name=name, role=role, language=language, by=by)
    person, _ = ClientPerson.objects.get_or_create(user=user, defaults={"client": client})
    return person
