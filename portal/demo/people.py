"""Who signs in to the demo, and their colleagues who do not. All of them are fiction."""

from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from core.models import Actor, User
from core.roles import ROLES
from portal.demo.clock import Clock

PASSWORD = "demo-cadre-2026"  # noqa: S105 -- of example people, on this machine only

# key: address, name, work, role, time zone. These sign in.
SIGN_INS = {
    "admin": ("admin@cadre.example", "Ada Lindqvist", "Administrator", "Administrator"),
    "hr": ("hr@cadre.example", "Helena Nováková", "HR director", "HR director"),
    "recruiter": ("recruiter@cadre.example", "Rafał Zieliński", "Senior recruiter", "Recruiter"),
    "bizdev": ("bizdev@cadre.example", "Beatriz Duarte", "Business development", "BizDev"),
    "delivery": ("delivery@cadre.example", "Daniel Okafor", "Delivery manager", "Delivery manager"),
    "trainer": ("trainer@cadre.example", "Tereza Kovářová", "Lead trainer", "Trainer"),
    "qa": ("qa@cadre.example", "Quentin Moreau", "Quality analyst", "QA"),
    "nordwind": (
        "client@nordwind.example",
        "Claudia Petersen",
        "Head of customer service",
        "Client approver",
    ),
    "nordwind_viewer": (
        "viewer@nordwind.example",
        "Viktor Hansen",
        "Service analyst",
        "Client viewer",
    ),
    "maison": (
        "client@otherclient.example",
        "Camille Laurent",
        "Directrice relation client",
        "Client approver",
    ),
    "wisla": ("vendor@partner.example", "Piotr Wiśniewski", "Account manager", "Vendor contact"),
    "levante": ("vendor@otherpartner.example", "Olalla Ferrer", "Partner", "Vendor contact"),
}
# These have done things, and cannot sign in.
COLLEAGUES = {
    "recruiter_2": ("marta.sousa@cadre.example", "Marta Sousa", "Recruiter", "Recruiter"),
    "recruiter_3": ("ivan.petrov@cadre.example", "Ivan Petrov", "Recruiter", "Recruiter"),
    "bizdev_2": ("niamh.byrne@cadre.example", "Niamh Byrne", "Business development", "BizDev"),
    "trainer_2": ("joao.pires@cadre.example", "João Pires", "Trainer", "Trainer"),
    "solara": ("ines.vidal@solara.example", "Inés Vidal", "COO", "Client approver"),
    "tidal": ("oisin.kelly@tidal.example", "Oisín Kelly", "VP customer care", "Client approver"),
    "fjordlys": ("sunniva.berg@fjordlys.example", "Sunniva Berg", "Kundesjef", "Client approver"),
    "kiteo": ("bram.devries@kiteo.example", "Bram de Vries", "Founder", "Client approver"),
    "tejo": ("rita.neves@tejo.example", "Rita Neves", "Operations", "Vendor contact"),
}
# What each of these clients decides with; they came with the patterns of `growth`.
CLIENTS = {
    "aquila": ("elena.ferro@aquila.example", "Elena Ferro", "Responsabile sinistri"),
    "havenlicht": ("joris.bloem@havenlicht.example", "Joris Bloem", "Guest relations"),
    "rheinblick": ("anja.seidler@rheinblick.example", "Anja Seidler", "Leiterin Kundendienst"),
    "petitcolis": ("marc.tessier@petitcolis.example", "Marc Tessier", "Directeur des opérations"),
    "skarven": ("lisbet.ahl@skarven.example", "Lisbet Ahl", "Kundchef"),
    "oriel": ("gethin.price@oriel.example", "Gethin Price", "Head of contact"),
}


@dataclass
class People:
    """The users by their key, their actors, and Cadre itself."""

    system: Actor
    users: dict[str, User] = field(default_factory=dict)

    def user(self, key: str) -> User:
        return self.users[key]

    def actor(self, key: str) -> Actor:
        return self.users[key].actor


def invite(clock: Clock, password: str | None = PASSWORD) -> People:
    """Make the accounts. Without a password nobody can sign in who is not let in otherwise."""
    people = People(system=Actor.objects.system())
    hashed = make_password(password)  # one for all who sign in: hashing is made to be slow
    for key, (email, name, title, role) in (SIGN_INS | COLLEAGUES).items():
        mine = hashed if key in SIGN_INS else make_password(None)
        people.users[key] = account(email, name, title, role, clock, password=mine)
    return people


def join(people: People, clients: dict[str, tuple[str, str, str]], clock: Clock) -> None:
    """Make an account for each client's person who decides."""
    for key, (email, name, title) in clients.items():
        people.users[key] = account(email, name, title, "Client approver", clock)


def account(
    email: str, name: str, title: str, role: str, clock: Clock, *, password: str = ""
) -> User:
    user = User(
        email=email,
        name=name,
        title=title,
        kind=ROLES[role][0],
        password=password or make_password(None),
        joined_at=clock.ago(380),
    )
    user.save()
    user.groups.add(Group.objects.get(name=role))
    return user
