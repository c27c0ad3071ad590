from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from core.models import Actor, Message, Notification, StoredFile
from core.versions import freeze
from core.workflow import StepRefused
from engagements.models import Seat
from recruiting import actions
from recruiting.models import Application, Candidate, CriteriaSet, Criterion, Fact, Requisition
from tests.approvals import approved_by
from tests.factories.recruiting import (
    ApplicationFactory,
    CandidateFactory,
    CriteriaSetFactory,
    CriterionFactory,
    RequisitionFactory,
)
from tests.factories.vendors import VendorDocumentFactory, VendorPersonFactory
from tests.recruiting.conftest import holder, interviewed, take
from vendors.models import MANDATORY

pytestmark = pytest.mark.django_db
ILSE = {"name": "Ilse Brandt", "email": "Ilse@Mail.example", "phone": "", "country": "DE"}
FORM = {"city": "Kiel", "languages": [("German", "C2")], "notice_version": "2", "language": "en"}


def mails(template):
    rows = Message.objects.filter(template=f"recruiting.{template}").order_by("pk")
    return [(row.to, row.subject_line) for row in rows]


def in_review(approver, **fields):
    item = CriterionFactory(criteria_set__title="Agent, German", **fields)
    return item, approver(item.criteria_set.engagement.client)


def test_sent_criteria_are_mailed_to_those_who_may_decide(hr, approver):
    item, by = in_review(approver)

    sent = actions.send_criteria(item.criteria_set, by=hr)

    assert sent.state == "in_review"
    assert mails("criteria") == [(by.user.email, "Criteria to approve: Agent, German, version 1")]
    assert f"http://testserver/portal/criteria/{sent.pk}/" in Message.objects.get().body


def test_criteria_are_not_sent_to_nobody(hr):
    criteria_set = CriterionFactory().criteria_set

    with pytest.raises(StepRefused, match="may approve criteria yet: invite an approver"):
        actions.send_criteria(criteria_set, by=hr)

    assert CriteriaSet.objects.get().state == "draft"


def test_approved_criteria_are_frozen_and_supersede_the_earlier_version(hr, approver):
    item, by = in_review(approver)
    earlier = CriteriaSetFactory(
        engagement=item.criteria_set.engagement, title="Agent, German", version=9, state="approved"
    )
    actions.send_criteria(item.criteria_set, by=hr)
    actions.answer_item(item, answer="approved", comment="", by=by)

    done = actions.finish_review(CriteriaSet.objects.get(pk=item.criteria_set_id), by=by)

    assert (done.state, CriteriaSet.objects.get(pk=earlier.pk).state) == ("approved", "superseded")
    assert done.frozen["items"][0]["name"] == item.name
    assert freeze(done.frozen) == (done.frozen, done.sha256)
    owner = item.criteria_set.engagement.owner
    assert mails("criteria_answered") == [(owner.email, "Agent, German, v1: approved")]


def test_review_with_a_question_comes_back_and_goes_out_again(hr, approver):
    item, by = in_review(approver)
    fine = CriterionFactory(criteria_set=item.criteria_set)
    criteria_set = actions.send_criteria(item.criteria_set, by=hr)
    actions.answer_item(fine, answer="approved", comment="", by=by)
    with pytest.raises(StepRefused, match="1 of 2 items is not answered yet"):
        actions.finish_review(criteria_set, by=by)
    actions.answer_item(item, answer="ask", comment="Why C1?", by=by)

    criteria_set = actions.finish_review(criteria_set, by=by)
    assert criteria_set.state == "changes_requested"
    criteria_set = actions.send_criteria(criteria_set, by=hr)

    answers = criteria_set.items.order_by("pk").values_list("answer", "comment")
    assert list(answers) == [("", "Why C1?"), ("approved", "")]


@pytest.mark.parametrize("answer", ["change", "ask"])
def test_change_or_question_needs_words(answer, hr, approver):
    item, by = in_review(approver)
    actions.send_criteria(item.criteria_set, by=hr)

    with pytest.raises(StepRefused, match="Say in words what you would like of “German, spoken”"):
        actions.answer_item(item, answer=answer, comment=" ", by=by)


def test_only_the_clients_approver_answers(hr, approver):
    item, _ = in_review(approver)
    actions.send_criteria(item.criteria_set, by=hr)

    with pytest.raises(PermissionDenied):
        actions.answer_item(item, answer="approved", comment="", by=hr)


def test_items_change_in_drafts_only_and_are_open_again(hr):
    item = CriterionFactory(answer="change", comment="Make it B2", criteria_set__state="draft")
    item.level = "B2"

    actions.save_item(item, by=hr)
    assert Criterion.objects.values_list("level", "answer", "comment").get() == (
        "B2",
        "",
        "Make it B2",
    )
    approved = CriterionFactory(criteria_set__state="approved")
    with pytest.raises(StepRefused, match="make a new version"):
        actions.save_item(approved, by=hr)


def test_new_version_is_a_copy_to_work_on(hr):
    old = CriterionFactory(criteria_set__state="approved", answer="approved").criteria_set

    new = actions.new_criteria_version(old, by=hr)

    assert (new.version, new.state, new.title) == (2, "draft", old.title)
    assert list(new.items.values_list("name", "level", "answer")) == [("German, spoken", "C1", "")]
    with pytest.raises(StepRefused, match="Version 2 is draft: go on with that"):
        actions.new_criteria_version(old, by=hr)


def test_approved_requisition_asks_for_its_seats(opened):
    requisition = opened(2)

    assert requisition.state == "open"
    assert list(Seat.objects.values_list("state", flat=True)) == ["requisitioned"] * 2


def test_cancelled_requisition_gives_its_seats_back(opened, hr):
    cancelled = actions.cancel_requisition(opened(2), by=hr)

    assert cancelled.state == "cancelled"
    assert list(Seat.objects.values_list("state", flat=True)) == ["approved"] * 2


def test_cancelled_draft_leaves_anothers_seats(opened, hr):
    holding = opened()
    draft = RequisitionFactory(engagement=holding.engagement, criteria_set=holding.criteria_set)
    draft.seats.set(holding.seats.all())

    actions.cancel_requisition(draft, by=hr)

    assert Seat.objects.get().state == "requisitioned"


def test_backfilled_seat_belongs_to_the_newer_requisition(opened, hr, sent):
    older = opened(2)
    offer, link = sent(older)
    actions.accept_offer(offer, by=holder(link), link=link)
    seat = take(
        take(offer.seat, "vacate", Actor.objects.system()), "reopen", Actor.objects.system()
    )
    newer = RequisitionFactory(
        engagement=older.engagement, criteria_set=older.criteria_set, state="in_approval"
    )
    newer.seats.add(seat)

    approved_by(newer, hr)

    rows = Requisition.seats.through.objects.filter(seat=seat)
    assert [row.requisition_id for row in rows] == [newer.pk]


def test_numbers_count_up():
    RequisitionFactory(number="R-9")
    RequisitionFactory(number="R-10")
    RequisitionFactory(number="OLD-77")

    assert actions.next_number() == "R-11"


def test_public_application_makes_candidate_facts_and_application(opened):
    requisition = opened()

    application = actions.apply_publicly(
        requisition, **ILSE, **FORM, upload=("cv.pdf", b"%PDF-1.7 cv")
    )

    candidate = application.candidate
    assert (candidate.name, candidate.email, candidate.notice_version) == (
        "Ilse Brandt",
        "ilse@mail.example",
        "2",
    )
    assert (application.state, application.source) == ("applied", "careers")
    assert (application.log.get().by.name, application.log.get().step) == ("Ilse Brandt", "apply")
    assert [str(fact) for fact in candidate.facts.all()] == ["German C2"]
    assert StoredFile.objects.on(candidate).get().name == "cv.pdf"
    assert mails("applied") == [
        ("ilse@mail.example", "We have your application: Agent, phone, German")
    ]


def test_nobody_applies_for_what_is_not_open():
    with pytest.raises(StepRefused, match="not open any more"):
        actions.apply_publicly(RequisitionFactory(state="on_hold"), **ILSE, **FORM)

    assert not Candidate.objects.exists()


@pytest.fixture
def vendor_person(user_as):
    """An approved vendor's person, whose vendor has every mandatory document."""
    user = user_as("Vendor contact", kind="vendor", name="Ana Sousa")
    person = VendorPersonFactory(user=user, vendor__state="approved", vendor__name="Sousa")
    for kind in MANDATORY:
        VendorDocumentFactory(vendor=person.vendor, kind=kind)
    return person


def submit(person, requisition, **changes):
    requisition.vendors.add(person.vendor)
    given = {**ILSE, "languages": [("German", "C2")], "notice_version": "2", **changes}
    return actions.submit_by_vendor(
        requisition, vendor=person.vendor, by=person.user.actor, **given
    )


def test_vendor_puts_a_candidate_forward(opened, vendor_person):
    application = submit(vendor_person, opened())

    assert (application.state, application.vendor, application.candidate.vendor) == (
        "applied",
        vendor_person.vendor,
        vendor_person.vendor,
    )
    assert application.log.get().note == ("Sousa put them forward, and confirmed their consent.")
    assert str(Fact.objects.get().source) == "vendor Sousa"


def test_vendor_with_an_expired_document_puts_nobody_forward(opened, vendor_person):
    vendor_person.vendor.documents.filter(kind="insurance").update(expires_on=date(2025, 2, 1))

    with pytest.raises(StepRefused, match="liability insurance"):
        submit(vendor_person, opened())

    assert not Candidate.objects.exists()


def test_vendor_does_not_take_over_whom_we_know(opened, vendor_person):
    CandidateFactory(email="ilse@mail.example")

    with pytest.raises(StepRefused, match="We know this person already"):
        submit(vendor_person, opened())


def test_vendor_submits_only_where_it_was_asked(opened, vendor_person):
    person, requisition = vendor_person, opened()

    with pytest.raises(PermissionDenied):
        actions.submit_by_vendor(
            requisition, vendor=person.vendor, by=person.user.actor, **ILSE, notice_version="2"
        )


def test_sourced_candidate_has_one_open_application(opened, hr):
    requisition, candidate = opened(), CandidateFactory(source="import")

    application = actions.source(candidate, requisition, by=hr)

    assert (application.state, application.source) == ("sourced", "import")
    assert application.criteria_set == requisition.criteria_set
    with pytest.raises(StepRefused, match="has an open application for this requisition already"):
        actions.source(candidate, requisition, by=hr)


def reviewed(opened, hr, approver):
    requisition = opened(has_client_review=True)
    by = approver(requisition.engagement.client)
    return actions.put_forward(interviewed(requisition), by=hr), by


def test_client_is_asked_without_a_name(opened, hr, approver):
    application, by = reviewed(opened, hr, approver)

    mail = Message.objects.get(template="recruiting.put_forward")
    assert (application.state, mail.to) == ("client_review", by.user.email)
    assert application.candidate.code in mail.body
    assert application.candidate.name not in mail.body + mail.subject_line


def test_client_decides_as_a_person_and_may_change_it(opened, hr, approver):
    application, by = reviewed(opened, hr, approver)
    with pytest.raises(StepRefused, match="Say in a sentence why"):
        actions.client_decide(application, decision="declined", comment="", by=by)
    actions.client_decide(application, decision="declined", comment="Too quiet.", by=by)

    done = actions.client_decide(application, decision="approved", comment="", by=by)

    assert (done.client_decision, done.client_decided_by) == ("approved", by)
    assert done.client_decided_at is not None
    assert len(mails("client_decided")) == 2


def test_clients_answer_in_spanish_is_told_in_the_recruiters_language(opened, hr, approver):
    application, by = reviewed(opened, hr, approver)

    with override("es"):
        actions.client_decide(application, decision="approved", comment="", by=by)

    told = Notification.objects.get(kind="recruiting.client_decided")
    assert told.text.endswith(": approved")
    assert "aprobada" not in Message.objects.latest("pk").body


def test_what_is_lacking_is_said_in_the_clients_language(opened, hr, approver):
    application, by = reviewed(opened, hr, approver)

    with override("es"), pytest.raises(StepRefused, match="Diga en una frase por qué"):
        actions.client_decide(application, decision="declined", comment="", by=by)


def test_scorecard_stands_once_submitted(opened, user_as):
    application = ApplicationFactory(state="interview")
    item = CriterionFactory(criteria_set=application.criteria_set, kind="weighted", weight=100)
    recruiter = user_as("Recruiter")
    given = {"marks": {item: (3, "Answered calmly")}, "summary": "Good", "by_user": recruiter}

    card = actions.save_scorecard(application, **given)

    assert [(m.criterion, m.value, m.evidence) for m in card.marks.all()] == [
        (item, 3, "Answered calmly")
    ]
    assert Application.objects.get().score == 75
    with pytest.raises(StepRefused, match="it stands"):
        actions.save_scorecard(application, **given)
    with pytest.raises(PermissionDenied):
        actions.save_scorecard(application, **{**given, "by_user": user_as("Trainer")})


@pytest.mark.parametrize(("with_mail", "count"), [(True, 1), (False, 0)])
def test_rejected_candidate_is_told_only_where_asked_for(with_mail, count, hr):
    application = ApplicationFactory()

    done = actions.reject(application, reason="No German", by=hr, with_mail=with_mail)

    assert (done.state, done.rejection_reason) == ("rejected", "No German")
    assert len(mails("rejection")) == count
    assert "No German" not in "".join(Message.objects.values_list("body", flat=True))


def test_rejection_is_not_undone_beside_a_newer_application(hr):
    old = ApplicationFactory()
    old = actions.reject(old, reason="No German", by=hr)
    new = ApplicationFactory(candidate=old.candidate, requisition=old.requisition)

    with pytest.raises(StepRefused, match="another open application"):
        actions.undo_rejection(old, by=hr)
    take(new, "withdraw", hr)

    assert actions.undo_rejection(old, by=hr).state == "applied"


def test_candidate_withdraws_by_their_own_hand():
    application = ApplicationFactory()
    right = {"recruiting.withdraw_application"}
    them = Actor.objects.of_link(application.candidate, may=right)

    assert actions.withdraw(application, by=them).state == "withdrawn"
