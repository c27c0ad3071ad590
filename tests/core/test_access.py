"""Who may do what with core's pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from core import approvals, comments, files, links, people, service_accounts
from core.approvals.links import APPROVAL
from core.lists.long_exports import WORK
from core.models import (
    Actor,
    BulkRun,
    DayOff,
    Delegation,
    Effect,
    Message,
    Notification,
    SavedView,
)
from tests.access import answers, differences, line
from tests.factories.core import JobFactory, UserFactory
from tests.factories.engagements import EngagementFactory, RequirementsFactory, SeatFactory
from tests.factories.recruiting import RequisitionFactory
from tests.spanish import english_left, read_outside

ADMINISTRATION = line(staff={"Administrator": 200})
MAIL = line(404, staff={"Administrator": 200, "": 404}, outside=404)  # in the demo: everybody
LISTS = ["core:list_save", "core:list_columns", "core:list_bulk", "core:list_export"]
PERSON = [
    "core:person",
    "core:person_roles",
    "core:person_deactivate",
    "core:person_reactivate",
    "core:person_invite",
    "core:person_sessions_end",
    "core:person_factor_reset",
]
OWN = line(staff={"Administrator": 200, "": 404}, outside=404)
TALK = line(staff=200, outside=404, own_approver=200, own_viewer=200)
TALK_STEP = line(staff=302, outside=404, own_approver=302, own_viewer=302)
ASKED = "core:approval_give", "core:approval_back"
HELD = "core:approval_step", "core:approval_skip", "core:approval_ask"
# Of a requisition: whoever may ask for its approval.
BEGINS = {"Administrator": 302, "HR director": 302, "Recruiter": 302}
JOB = line(staff={"Administrator": 200, "Recruiter": 200, "": 404}, outside=404)
ACCESS = {
    ("get", "core:healthz"): line(200, staff=200, outside=200),
    ("get", "core:readyz"): line(200, staff=200, outside=200),
    ("get", "core:styleguide"): line(staff=200),
    ("get", "core:health"): ADMINISTRATION,
    ("get", "core:policies"): ADMINISTRATION,
    ("get", "core:policy"): ADMINISTRATION,
    ("post", "core:policy"): line(staff={"Administrator": 422}),
    ("get", "core:audit"): ADMINISTRATION,
    ("get", "core:you"): line(staff=200, outside=200),
    ("get", "core:search"): line(staff=200),
    ("post", "core:set_language"): line(302, staff=302, outside=302),
    # A vendor's step: those who may change vendors, and only theirs who may see it.
    ("post", "core:step"): line(
        staff={"Administrator": 302, "HR director": 302, "BizDev": 302},
        outside=404,
        own_vendor=403,
    ),
    # A vendor's file: our staff, and the vendor's own people.
    ("get", "core:file"): line(staff=200, outside=404, own_vendor=200),
    ("get", "core:people"): ADMINISTRATION,
    # One who was invited and never came in.
    ("get", "core:person"): ADMINISTRATION,
    ("post", "core:person_roles"): line(staff={"Administrator": 302}),
    ("get", "core:person_deactivate"): ADMINISTRATION,
    ("post", "core:person_deactivate"): line(staff={"Administrator": 302}),
    ("post", "core:person_reactivate"): line(staff={"Administrator": 409}),
    ("post", "core:person_invite"): line(staff={"Administrator": 302}),
    # Their session is not there: nobody but its owner knows its number.
    ("post", "core:person_session_end"): line(staff={"Administrator": 404}),
    ("post", "core:person_sessions_end"): line(staff={"Administrator": 302}),
    ("post", "core:person_factor_reset"): line(staff={"Administrator": 302}),
    ("get", "core:own_sessions"): line(staff=200, outside=200),
    ("post", "core:own_session_end"): line(staff=404, outside=404),
    ("post", "core:own_sessions_end"): line(staff=302, outside=302),
    ("get", "core:holidays"): ADMINISTRATION,
    ("post", "core:holidays"): line(staff={"Administrator": 422}),
    ("post", "core:day_off_remove"): line(staff={"Administrator": 302}),
    ("get", "core:invite"): ADMINISTRATION,
    ("post", "core:invite"): line(staff={"Administrator": 422}),
    ("get", "core:invitation"): line(200, staff=200, outside=200),
    ("get", "core:mail"): MAIL,
    ("get", "core:message"): MAIL,
    ("get", "core:mail_texts"): ADMINISTRATION,
    ("get", "core:mail_text"): ADMINISTRATION,
    ("post", "core:mail_text"): line(staff={"Administrator": 422}),
    # Comments on an engagement of the own client's: shared with it.
    ("get", "core:comments"): TALK,
    ("get", "core:comment_add"): TALK,
    ("post", "core:comments_read"): TALK_STEP,
    ("get", "core:comment_reply"): TALK,
    ("post", "core:thread_resolve"): TALK_STEP,
    ("post", "core:thread_reopen"): TALK_STEP,
    ("get", "core:comment_history"): TALK,
    # Another's words: nobody changes or withdraws them.
    ("get", "core:comment_edit"): line(staff=403, outside=404, own_approver=403, own_viewer=403),
    ("post", "core:comment_withdraw"): line(
        staff=403, outside=404, own_approver=403, own_viewer=403
    ),
    # Everybody's own: another's is not there.
    ("get", "core:notifications"): line(staff=200, outside=200),
    ("post", "core:notifications_read"): line(staff=302, outside=302),
    ("post", "core:notification_open"): line(staff=404, outside=404),
    ("get", "core:notification_settings"): line(staff=200, outside=200),
    ("post", "core:notification_settings"): line(staff=422, outside=422),
    ("get", "core:service_accounts"): ADMINISTRATION,
    ("get", "core:service_account_add"): ADMINISTRATION,
    ("post", "core:service_account_add"): line(staff={"Administrator": 422}),
    ("get", "core:service_account"): ADMINISTRATION,
    ("post", "core:service_account_rotate"): line(staff={"Administrator": 422}),
    ("post", "core:service_account_revoke"): line(staff={"Administrator": 302}),
    # A recruiter's job: their own, and the administrator's to look after.
    ("get", "core:jobs"): line(staff=200),
    ("get", "core:job"): JOB,
    ("get", "core:job_file"): line(staff=404, outside=404),
    ("post", "core:job_cancel"): line(
        staff={"Administrator": 302, "Recruiter": 302, "": 404}, outside=404
    ),
    ("post", "core:job_resume"): line(
        staff={"Administrator": 409, "Recruiter": 409, "": 404}, outside=404
    ),
    ("get", "core:effects"): ADMINISTRATION,
    ("post", "core:requeue"): line(staff={"Administrator": 302}),
    # Requirements of the own client, read by whoever sees the engagement.
    ("post", "core:version_read"): line(staff=302, outside=404, own_approver=302, own_viewer=302),
    ("get", "core:version_frozen"): TALK,
    # Of the list of vendors: whoever may see the list; a view needs a name, a step a choice.
    ("post", "core:list_save"): line(staff=422),
    ("post", "core:list_columns"): line(staff=302),
    ("post", "core:list_bulk"): line(staff=404),
    # The HR director is asked; the administrator sees every round, and answers none.
    ("get", "core:approvals"): line(staff=200),
    ("get", "core:approval"): line(staff={"Administrator": 200, "HR director": 200, "": 404}),
    ("post", "core:approval_give"): line(staff={"HR director": 302, "": 404}),
    ("get", "core:approval_back"): line(staff={"HR director": 200, "": 404}),
    ("post", "core:approval_back"): line(staff={"HR director": 422, "": 404}),
    ("post", "core:approval_go_on"): line(
        staff={"Administrator": 409, "HR director": 409, "": 404}
    ),
    ("post", "core:approval_begin"): line(staff=BEGINS),
    ("get", "core:approval_step"): ADMINISTRATION,
    ("post", "core:approval_skip"): line(staff={"Administrator": 422}),
    ("post", "core:approval_ask"): line(staff={"Administrator": 422}),
    ("get", "core:approval_policies"): ADMINISTRATION,
    ("get", "core:approval_policy"): ADMINISTRATION,
    ("post", "core:approval_policy"): line(staff={"Administrator": 422}),
    # Whoever holds the link; what they do with it needs a code as well.
    ("get", "core:approval_by_link"): line(200, staff=200, outside=200),
    ("post", "core:approval_by_link"): line(422, staff=422, outside=422),
    ("post", "core:approval_code"): line(302, staff=302, outside=302),
    ("get", "core:absence"): line(staff=200),
    ("post", "core:absence"): line(staff=422),
    ("post", "core:absence_end"): line(staff={"Administrator": 302, "": 404}),
    ("post", "core:list_export"): line(staff=404),
    # The administrator's own.
    ("get", "core:saved_view"): OWN,
    ("get", "core:bulk_run"): OWN,
}


@pytest.fixture
def path_to(world):
    """Return a function that gives the path of a route to something of the own vendor's."""
    system = Actor.objects.system()
    entry = files.store(world.vendor, name="a.pdf", content=b"%PDF-1.7\n", by=system)
    message = Message.objects.create(template="x", to="a@x.example", subject_line="x", body="x")
    dead = Effect.objects.create(name="tests.none", key="a", state="dead")
    account, _ = service_accounts.create(
        name="Board", owner=UserFactory(), scopes=[], days=1, by=system
    )
    link = links.promise(people.INVITATION, UserFactory(), email="n@x.example", by=system)
    token = links.mint(link.pk, to="n@x.example").rstrip("/").rsplit("/", 1)[-1]
    administrator = world.users["Administrator"]
    view = SavedView.objects.create(owner=administrator, list_key="vendors.vendors", name="Mine")
    run = BulkRun.objects.create(
        by=administrator.actor, list_key="recruiting.requisitions", action="hold"
    )
    engagement = EngagementFactory(client=world.client)
    said = comments.begin(engagement, text="x", audience="shared", by=system)
    talked = ["engagements.engagement", engagement.pk]
    told = Notification.objects.create(
        user=UserFactory(), kind="x", key="x", channel="page", text="x", url="/"
    )
    newcomer = people.invite(email="n@cadre.example", name="New", role="QA", by=system)
    asked, late = RequisitionFactory.create_batch(2, state="in_approval")
    for row in (asked, late):
        row.seats.add(SeatFactory(engagement=row.engagement, state="approved"))
    step = approvals.begin(asked, by=system).steps.get()
    ask = step.asks.get()
    mailed = links.promise(APPROVAL, ask, email=ask.user.email, by=system)
    by_mail = links.mint(mailed.pk, to=ask.user.email).rstrip("/").rsplit("/", 1)[-1]
    days = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 6)}
    away = Delegation.objects.create(user=administrator, delegate=UserFactory(), **days)
    read = RequirementsFactory(engagement=engagement, frozen={"lines": []}, with_client=True)
    versioned = ["engagements.requirements", read.pk]
    job = JobFactory(by=world.users["Recruiter"].actor)
    off = DayOff.objects.create(on=date(2026, 12, 24), name="x", by=system)
    nowhere = uuid4()
    arguments = {
        "core:day_off_remove": [off.pk],
        "core:own_session_end": [nowhere],
        **{key: [ask.pk] for key in ASKED},
        **{key: [step.pk] for key in HELD},
        "core:approval": [step.round_id],
        "core:approval_go_on": [step.round_id],
        "core:approval_begin": ["recruiting.requisition", late.pk],
        "core:approval_policy": ["recruiting.requisition"],
        "core:approval_by_link": [by_mail],
        "core:approval_code": [by_mail],
        "core:absence_end": [away.pk],
        "core:job": [job.pk],
        "core:job_file": [job.pk],
        "core:job_cancel": [job.pk],
        "core:job_resume": [job.pk],
        "core:comments": talked,
        "core:comment_add": talked,
        "core:comments_read": talked,
        "core:comment_reply": [said.thread_id],
        "core:thread_resolve": [said.thread_id],
        "core:thread_reopen": [said.thread_id],
        "core:comment_history": [said.pk],
        "core:comment_edit": [said.pk],
        "core:comment_withdraw": [said.pk],
        "core:version_read": versioned,
        "core:version_frozen": versioned,
        "core:notification_open": [told.pk],
        **{key: ["vendors.vendors"] for key in LISTS},
        "core:saved_view": [view.pk],
        "core:bulk_run": [run.pk],
        "core:step": ["vendors.vendor", world.vendor.pk, "submit"],
        "core:file": [entry.key],
        "core:invitation": [token],
        "core:message": [message.pk],
        "core:mail_text": ["core.invitation", "en"],
        "core:requeue": [dead.pk],
        **{route: [newcomer.pk] for route in PERSON},
        "core:person_session_end": [newcomer.pk, nowhere],
        "core:policy": ["retention.audit_days"],
        "core:service_account": [account.pk],
        "core:service_account_rotate": [account.pk],
        "core:service_account_revoke": [account.pk],
    }
    return lambda route: reverse(route, args=arguments.get(route))


def test_each_kind_of_user_is_answered(world, path_to):
    assert differences(world, ACCESS, path_to, data={"nothing": "useful"}) == {}


@pytest.mark.parametrize(("method", "route"), read_outside(ACCESS))
@pytest.mark.usefixtures("pseudo_spanish")
def test_nobody_outside_is_left_with_english(method, route, world, path_to):
    assert english_left(world, method, path_to(route), data={"nothing": "useful"}) == {}


@pytest.mark.usefixtures("pseudo_spanish")
def test_no_english_is_left_on_the_page_of_an_export_of_ones_own(world):
    job = JobFactory(name=WORK, by=world.users["own vendor"].actor)

    assert english_left(world, "get", reverse("core:job", args=[job.pk])) == {}


@pytest.mark.parametrize("route", ["core:mail", "core:message"])
def test_mail_is_open_to_everybody_in_the_demo(route, world, path_to, settings):
    settings.DEMO = True

    assert set(answers(world, "get", path_to(route)).values()) == {200}
