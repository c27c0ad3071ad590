"""Who is in a seat: the application and offer that brought them there, class and certificate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import forms

from engagements.models import Seat
from portal.adoption import histories
from portal.adoption.file import DAY, File, Given
from portal.adoption.hiring import Hiring, application_of
from portal.adoption.histories import Told
from portal.adoption.teaching import Teaching
from recruiting.models import Application, Candidate, Offer, Requisition
from training.models import Certificate, Enrolment, TrainingClass


@dataclass
class Stay:
    """A seat while somebody is, or was, in it. The person's days go into its own steps."""

    seat: Seat
    requisition: Requisition | None
    state: str
    since: date | None
    told: list[Told]

    def put(self, step: str, day: date | None, where: str) -> None:
        for each in self.told:
            if each.step == step and each.day is None:
                each.day, each.where = day, where


class TermsForm(forms.Form):
    """What somebody accepted, and the result of their class."""

    monthly_salary = forms.DecimalField(max_digits=10, decimal_places=2, min_value=1)
    starts_on = forms.DateField(
        input_formats=["%Y-%m-%d"], required=False, error_messages=DAY.error_messages
    )
    score = forms.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )


class Seated:
    """Reads the person of each seat, and writes the chain that put them there."""

    def __init__(self, file: File, hiring: Hiring, teaching: Teaching) -> None:
        self.file, self.hiring, self.teaching = file, hiring, teaching
        self.sitting: dict[str, str] = {}

    def read(self, path: str, given: Given, stay: Stay) -> None:
        file, email = self.file, str(given.get("email")).lower()
        named = {**given, "email": email}
        candidate = file.meant(path, named, "email", self.hiring.people, "person")
        form = file.form(TermsForm, path, given)
        hired = file.day(path, given, "hired_on")
        course = self.teaching.class_of(path, given, stay.state)
        if "certificate" in given and (course is None or stay.state not in {"live", "vacated"}):
            file.say(f"{path}.certificate", "only who went live after a class has one.")
        if stay.state != "vacated":
            self._check_seated(path, email, candidate)
        if candidate is None or stay.requisition is None or hired is None or form.errors:
            return
        application = self._application(path, given, candidate, stay.requisition, hired)
        offer = self._offer(application, stay, form.cleaned_data, course)
        offer.expires_on = hired
        way = [*_unknown("submit", "approve", "send"), Told("accept", hired, f"{path}.hired_on")]
        file.tell(offer, histories.lines(file, way))
        stay.put("reserve", hired, f"{path}.hired_on")
        if course is not None and course.starts_on:
            enrolment = Enrolment(
                training_class=course,
                application=application,
                seat=stay.seat,
                score=form.cleaned_data["score"],
            )
            self._enrol(path, given, enrolment, stay)
            enrolment.created_at = file.at(min(hired, course.starts_on))

    def _application(
        self,
        path: str,
        given: Given,
        candidate: Candidate,
        requisition: Requisition,
        hired: date,
    ) -> Application:
        row = application_of(candidate, requisition)
        way = [
            Told("apply", self.file.day(path, given, "applied_on"), f"{path}.applied_on"),
            *_unknown("screen", "interview", "offer"),
            Told("hire", hired, f"{path}.hired_on"),
        ]
        self.hiring.cite_consent(way, candidate.email)
        self.file.tell(row, histories.lines(self.file, way))
        self.file.book.afterwards(row, moved_at=self.file.at(hired))
        return row

    def _offer(
        self, application: Application, stay: Stay, terms: Given, course: TrainingClass | None
    ) -> Offer:
        """Return the offer that was accepted. It ended when they left."""
        left = stay.since if stay.state == "vacated" else None
        return Offer(
            application=application,
            seat=stay.seat,
            monthly_salary=terms["monthly_salary"],
            currency=self.file.engagement.currency,
            starts_on=terms["starts_on"] or (course and course.starts_on) or stay.seat.starts_on,
            ended_at=self.file.at(left) if left else None,
        )

    def _check_seated(self, path: str, email: str, candidate: Candidate | None) -> None:
        """Somebody has one seat at a time, here and elsewhere."""
        other = self.sitting.setdefault(email, path)
        if other != path:
            there = other.removesuffix(".person")
            self.file.say(f"{path}.email", f"{email} is in {there} as well.")
        if email not in self.hiring.known or candidate is None:
            return
        held = Offer.objects.filter(
            application__candidate=candidate, state=Offer.State.ACCEPTED, ended_at=None
        ).select_related("seat")
        if offer := held.first():
            self.file.say(f"{path}.email", f"{candidate.code} has seat {offer.seat} already.")

    def _enrol(self, path: str, given: Given, row: Enrolment, stay: Stay) -> None:
        """Write how far somebody came in class, and on which days that moved their seat."""
        course = row.training_class
        start = Told("start", course.starts_on, f"{self.teaching.paths[course.name]}.starts_on")
        ended = Told("", stay.since, f"{path.removesuffix('.person')}.since")
        certificate = self._certificate(path, given, course, stay)
        way: list[Told] = []
        if stay.state in {"in_training", "nesting", "live"}:
            way = [start]
        if stay.state == "nesting":
            way += [*_unknown("assess"), Told("nest", ended.day, ended.where)]
        if stay.state == "live":
            way += [*_unknown("assess", "nest"), Told("certify", ended.day, ended.where)]
        if stay.state == "vacated":
            way = self._left(path, start, ended, certificate, stay)
        if way:
            stay.put("train", start.day, start.where)
        self.file.tell(row, histories.lines(self.file, way))
        if certificate:
            certificate.enrolment = row
            self.file.book.add(certificate)

    def _certificate(
        self, path: str, given: Given, course: TrainingClass, stay: Stay
    ) -> Certificate | None:
        if stay.state == "live" or (stay.state == "vacated" and "certificate" in given):
            return self.teaching.certificate(path, given, course, stay.since)
        return None

    def _left(
        self, path: str, start: Told, ended: Told, certificate: Certificate | None, stay: Stay
    ) -> list[Told]:
        """Who left with a certificate had gone live; who left without one, left the class."""
        if certificate is None:
            stay.told.insert(-1, Told("train"))
            return [start, Told("withdraw", ended.day, ended.where, note="Left the class.")]
        day, where = certificate.issued_on, f"{path}.certificate.issued_on"
        stay.told[-1:-1] = [*_unknown("train", "nest"), Told("go_live", day, where)]
        return [start, *_unknown("assess", "nest"), Told("certify", day, where)]


def _unknown(*steps: str) -> Iterable[Told]:
    return [Told(step) for step in steps]
