"""Who comes in: the administrator by a first invitation, our staff by the administrator's."""

from core import people
from core.models import Actor

STAFF = [
    ("hr", "Helena Roth", "hr@cadre.example", "HR director"),
    ("recruiter", "Ravi Menon", "recruiter@cadre.example", "Recruiter"),
    ("bizdev", "Bianca Dias", "bizdev@cadre.example", "BizDev"),
    ("delivery", "Dario Conti", "delivery@cadre.example", "Delivery manager"),
    ("trainer", "Tara Quinn", "trainer@cadre.example", "Trainer"),
]


def administrator_comes_in(cast):
    """The one account that is not made on a page: somebody has to be the first."""
    admin = cast.enter("admin", "Ada Nowak", "admin@cadre.example")
    people.invite(
        email=admin.email, name=admin.name, role="Administrator", by=Actor.objects.system()
    )
    admin.accept_invitation()


def administrator_invites_staff(cast):
    cast.admin.menu("People")
    for part, name, email, role in STAFF:
        cast.admin.follow("Invite")
        cast.admin.write({"Email": email, "Name": name, "Role": role}).press("Send the invitation")
        cast.admin.reads(f"An invitation is on its way to {email}.")
        cast.enter(part, name, email).accept_invitation()


def administrator_looks_after_things(cast):
    cast.admin.menu("People").reads("6 people have access.")
    for page in ("Mail", "Mail texts", "Effects"):
        cast.admin.menu(page)
    cast.admin.visit("/styleguide/")


def somebody_signs_in_again(cast):
    cast.bizdev.sign_out()
    cast.bizdev.sign_in().reads("engagements are before agreement")
