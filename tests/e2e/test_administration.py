"""An administrator looks after people, settings, days off, mail texts and the audit."""

import pytest

from core.models import User
from tests.e2e.story import people
from tests.factories.recruiting import OfferFactory, RequisitionFactory

pytestmark = [pytest.mark.browser, pytest.mark.story]


def test_who_leaves_hands_over_and_is_out_at_once(cast):
    people.administrator_comes_in(cast)
    people.administrator_invites_staff(cast)
    admin, recruiter = cast.admin, cast.recruiter
    row = RequisitionFactory(recruiter=User.objects.get(email=recruiter.email), state="open")

    admin.menu("People").follow(recruiter.name).reads("Requisitions: 1", "signed in")
    admin.press("Sign out everywhere").reads("Every browser of theirs is signed out.")
    recruiter.visit("/").reads("Sign in")
    recruiter.sign_in().visit("/you/sessions/").reads("this one")

    admin.follow("Close the account").reads(f"Who takes over from {recruiter.name}?", str(row))
    admin.press("Close the account").reads("required")
    admin.write({"Requisitions (1)": "Helena Roth"}).press("Close the account")
    admin.reads("The account is closed, and its work handed over.")

    recruiter.visit("/").reads("Sign in")
    admin.press("Open it again").reads("The account is open again")
    row.refresh_from_db(fields=["recruiter"])
    assert row.recruiter.name == "Helena Roth"
    assert cast.inspection.faults == []


def test_administrator_decides_days_off_texts_and_policies_and_finds_it_in_the_audit(cast):
    people.administrator_comes_in(cast)
    admin = cast.admin
    offer = OfferFactory()
    title = offer.application.requisition.title

    admin.menu("Holidays").reads("No day off.")
    admin.write({"Day": "2026-12-24", "Why": "Stocktaking"}).press("Add")
    admin.reads("We are off on 1 day in 2026.", "Thursday, 24 December", "Stocktaking")

    admin.menu("Mail texts").visit("/mail/texts/recruiting.offer/es/")
    admin.reads(f"Nuestra oferta para usted: {title}", offer.application.candidate.name)
    admin.write({"Body": "Hola, {{ nmae }}: {{ link }}"}).press("Save")
    admin.reads("This mail may not use {{ nmae }}. It may use")
    admin.write({"Body": "Bienvenida, {{ name }}: {{ link }}"}).press("Preview")
    admin.reads("As it would be read, if you saved it", "[el enlace personal")
    admin.press("Save").reads("This is your text")
    admin.press("Back to the text that ships").reads("This is the text that ships.")
    admin.reads("Earlier texts As it ships Ada Nowak,")

    admin.menu("Policies").follow("An invitation is valid for")
    admin.write({"An invitation is valid for (days)": "90"}).press("Save").reads("60")
    admin.write({"An invitation is valid for (days)": "14"}).press("Save").reads("14 days")

    admin.menu("Audit").reads("policy changed", "days off added", "mail text changed", "signed in")
    admin.visit("/audit/?kind=step").reads("Nothing was noted.")
    assert cast.inspection.faults == []
