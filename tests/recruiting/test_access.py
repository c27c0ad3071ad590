"""Who may do what in recruiting: clients and vendors have their own pages, in the portals."""

import pytest
from django.urls import reverse

from core import links
from recruiting.links import APPLICATION, OFFER
from recruiting.models import CandidateImport, UnprovedApplication
from tests.access import differences, line
from tests.factories.core import NOW
from tests.factories.engagements import EngagementFactory, SeatFactory
from tests.factories.recruiting import (
    ApplicationFactory,
    CandidateFactory,
    CriterionFactory,
    OfferFactory,
    RequisitionFactory,
    ScorecardFactory,
)
from tests.spanish import english_left, read_outside

READ = line(staff=200)
RECRUITERS = ["Administrator", "HR director", "Recruiter"]


def only(status, *roles):
    return line(staff={**dict.fromkeys(roles, status), "": 403})


RECRUIT = only(200, *RECRUITERS)
CRITERIA = only(200, *RECRUITERS, "BizDev")
LOOK = only(200, *RECRUITERS, "Delivery manager")
ANYBODY = line(200, staff=200, outside=200)
ACCESS = {
    ("get", "recruiting:criteria_sets"): READ,
    ("get", "recruiting:criteria"): READ,
    ("get", "recruiting:criteria_add"): CRITERIA,
    ("get", "recruiting:item_add"): CRITERIA,
    ("get", "recruiting:item_edit"): CRITERIA,
    ("post", "recruiting:item_remove"): only(302, *RECRUITERS, "BizDev"),
    ("get", "recruiting:send_criteria"): CRITERIA,
    # The set is a draft: whoever may copy it is told to go on with that.
    ("post", "recruiting:new_criteria_version"): only(409, *RECRUITERS, "BizDev"),
    ("get", "recruiting:requisitions"): READ,
    ("get", "recruiting:requisition"): READ,
    ("get", "recruiting:requisition_add"): RECRUIT,
    ("get", "recruiting:requisition_edit"): RECRUIT,
    ("post", "recruiting:cancel_requisition"): only(302, "Administrator", "HR director"),
    ("get", "recruiting:board"): LOOK,
    ("get", "recruiting:applications"): LOOK,
    ("get", "recruiting:candidates"): LOOK,
    ("get", "recruiting:candidate"): LOOK,
    ("get", "recruiting:candidate_add"): RECRUIT,
    ("get", "recruiting:import_candidates"): RECRUIT,
    ("post", "recruiting:import_candidates"): only(422, *RECRUITERS),
    # A recruiter's: what they read is nobody else's before it is taken over.
    ("get", "recruiting:import_preview"): line(
        staff={"Recruiter": 200, "Administrator": 404, "HR director": 404}
    ),
    ("get", "recruiting:candidate_edit"): RECRUIT,
    ("get", "recruiting:fact_add"): RECRUIT,
    ("get", "recruiting:cv_add"): RECRUIT,
    ("get", "recruiting:source"): RECRUIT,
    ("get", "recruiting:application"): LOOK,
    ("get", "recruiting:scorecard"): RECRUIT,
    ("get", "recruiting:ask_to_apply"): RECRUIT,
    ("get", "recruiting:put_forward"): RECRUIT,
    ("get", "recruiting:reject"): RECRUIT,
    ("post", "recruiting:undo_rejection"): only(302, *RECRUITERS),
    ("get", "recruiting:offer"): RECRUIT,
    ("get", "recruiting:offer_detail"): RECRUIT,
    ("get", "recruiting:send_offer"): RECRUIT,
    ("get", "recruiting:revise_offer"): RECRUIT,
    ("get", "recruiting:rescind_offer"): RECRUIT,
    ("get", "recruiting:apply"): ANYBODY,
    ("get", "recruiting:applied"): ANYBODY,
    ("get", "recruiting:apply_confirm"): ANYBODY,
    ("get", "recruiting:answer"): ANYBODY,
    # The letter is still being printed.
    ("get", "recruiting:offer_letter"): line(404, staff=404, outside=404),
}


@pytest.fixture
def path_to(world):
    """Return a function that gives the path of a route to something of the own client's."""
    engagement = EngagementFactory(client=world.client)
    item = CriterionFactory(criteria_set__engagement=engagement)
    ordered = RequisitionFactory(engagement=engagement, state="in_approval", vendors=[world.vendor])
    ordered.seats.add(SeatFactory(engagement=engagement, state="approved"))
    open_one = RequisitionFactory(
        engagement=engagement, state="open", criteria_set=ordered.criteria_set
    )
    scored = ApplicationFactory(requisition=open_one, state="interview", put_forward_at=NOW)
    reviewed = ApplicationFactory(
        requisition__engagement=engagement,
        requisition__state="open",
        requisition__has_client_review=True,
        requisition__criteria_set=ordered.criteria_set,
        state="interview",
    )
    for application in (scored, reviewed):
        ScorecardFactory(application=application)
    rejected = ApplicationFactory(requisition=open_one, state="rejected", left_state="applied")
    approved, sent = (
        OfferFactory(application__requisition=open_one, state=s) for s in ("approved", "sent")
    )
    link = links.promise(OFFER, sent, email="ilse@mail.example", by=world.users["QA"].actor)
    token = links.mint(link.pk, to=link.email).rstrip("/").rsplit("/", 1)[1]
    known = UnprovedApplication.objects.create(
        candidate=scored.candidate, requisition=open_one, notice_version="2026-1"
    )
    asked = links.promise(APPLICATION, known, email="ilse@mail.example", by=link.created_by)
    recruiter = world.users["Recruiter"].actor
    keys = {
        "import_preview": CandidateImport.objects.create(by=recruiter, title="a.csv").pk,
        "apply_confirm": links.mint(asked.pk, to=asked.email).rstrip("/").rsplit("/", 1)[1],
        **dict.fromkeys(["criteria", "item_add", "send_criteria"], item.criteria_set_id),
        "new_criteria_version": item.criteria_set_id,
        **dict.fromkeys(["item_edit", "item_remove"], item.pk),
        **dict.fromkeys(["requisition", "requisition_edit"], ordered.pk),
        "cancel_requisition": ordered.pk,
        **dict.fromkeys(["board", "applications", "apply"], open_one.pk),
        "applied": open_one.pk,
        **dict.fromkeys(["candidate", "candidate_edit", "fact_add", "cv_add"], scored.candidate_id),
        "source": CandidateFactory().pk,
        **dict.fromkeys(["application", "scorecard", "reject", "offer"], scored.pk),
        "ask_to_apply": scored.pk,
        "put_forward": reviewed.pk,
        "undo_rejection": rejected.pk,
        **dict.fromkeys(["offer_detail", "send_offer", "revise_offer"], approved.pk),
        "rescind_offer": approved.pk,
        **dict.fromkeys(["answer", "offer_letter"], token),
    }

    def path(route):
        key = keys.get(route.split(":")[1])
        return reverse(route, args=[key] if key else [])

    return path


def test_each_kind_of_user_is_answered(world, path_to):
    assert differences(world, ACCESS, path_to) == {}


@pytest.mark.parametrize(("method", "route"), read_outside(ACCESS))
@pytest.mark.usefixtures("pseudo_spanish")
def test_nobody_outside_is_left_with_english(method, route, world, path_to):
    assert english_left(world, method, path_to(route)) == {}
