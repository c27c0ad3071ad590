"""What was and is due on each engagement, as the apps write it down while they work."""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from cms.actions.contracts import SIGNATURES
from cms.actions.proposals import CLIENT_ANSWERS
from cms.models import Contract, Proposal
from engagements.actions.milestones import GOES_LIVE
from engagements.models import Engagement, Milestone, Seat, Turn
from portal.demo.clock import Clock
from recruiting.models import CriteriaSet, Requisition
from training.actions import FIRST_CLASS_STARTS, PEOPLE_CERTIFIED
from training.models import TrainingClass

REQUIREMENTS_ACCEPTED = gettext_noop("Requirements accepted")
CRITERIA = gettext_noop("Criteria: %(title)s, v%(version)s")
SEATS_FILLED = gettext_noop("Seats filled: %(title)s")


def write(clock: Clock) -> None:
    for engagement in Engagement.objects.all():
        Timeline(engagement, clock).write()


class Timeline:
    def __init__(self, engagement: Engagement, clock: Clock) -> None:
        self.engagement, self.clock = engagement, clock
        self.rows: list[Milestone] = []

    def write(self) -> None:
        self._requirements()
        self._proposals()
        self._contract()
        self._recruiting()
        self._training()
        live = self.engagement.log.filter(step="go_live").first()
        self._add(
            "go_live", GOES_LIVE, self.engagement.go_live_on, done_at=live.at if live else None
        )
        Milestone.objects.bulk_create(self.rows)

    def _add(
        self,
        key: str,
        says: str,
        due_on: date | None,
        *,
        arguments: dict[str, str | int] | None = None,
        done_at: datetime | None = None,
        turn: str = Turn.STAFF,
        url: str = "",
    ) -> None:
        self.rows.append(
            Milestone(
                engagement=self.engagement,
                key=key,
                says=says,
                arguments=arguments or {},
                due_on=due_on,
                done_at=done_at,
                turn=turn,
                url=url,
            )
        )

    def _requirements(self) -> None:
        row = self.engagement.requirements.first()
        if row is None:
            return
        sent = row.log.filter(step="submit").last()
        accepted = row.log.filter(step="accept").last()
        due = timezone.localdate(sent.at) + timedelta(days=4) if sent else None
        at = accepted.at if accepted else None
        self._add(
            "requirements", REQUIREMENTS_ACCEPTED, due, done_at=at, url=row.get_absolute_url()
        )

    def _proposals(self) -> None:
        for row in Proposal.objects.filter(engagement=self.engagement, frozen__isnull=False):
            ended = row.log.exclude(step__in=["submit", "approve", "send"]).first()
            self._add(
                f"proposal:{row.pk}",
                CLIENT_ANSWERS,
                ended.at.date() if ended else row.frozen.valid_until,
                arguments={"proposal": row.number, "version": row.version},
                done_at=ended.at if ended else None,
                turn=Turn.CLIENT,
                url=reverse("cms:proposal", args=[row.pk]),
            )

    def _contract(self) -> None:
        for row in Contract.objects.filter(engagement=self.engagement):
            executed = row.log.filter(step="execute").first()
            self._add(
                "contract",
                SIGNATURES,
                self.clock.day(9) if executed is None else timezone.localdate(executed.at),
                arguments={"contract": row.number},
                done_at=executed.at if executed else None,
                turn=Turn.CLIENT,
                url=reverse("cms:contract", args=[row.pk]),
            )

    def _recruiting(self) -> None:
        sent = CriteriaSet.objects.filter(engagement=self.engagement, state="in_review")
        for criteria in sent:
            self._add(
                f"criteria:{criteria.pk}",
                CRITERIA,
                self.clock.day(3),
                arguments={"title": criteria.title, "version": criteria.version},
                turn=Turn.CLIENT,
            )
        for row in Requisition.objects.filter(
            engagement=self.engagement, state__in=["open", "filled", "closed"]
        ):
            filled = row.log.filter(step="fill").first()
            self._add(
                f"requisition:{row.pk}",
                SEATS_FILLED,
                filled.at.date() if filled else row.target_on,
                arguments={"title": row.title},
                done_at=filled.at if filled else None,
                url=row.get_absolute_url(),
            )

    def _training(self) -> None:
        first = TrainingClass.objects.filter(engagement=self.engagement).exclude(state="cancelled")
        begun = first.filter(log__step="start").order_by("starts_on").first() or first.first()
        if begun is None:
            return
        started = begun.log.filter(step="start").first()
        url = begun.get_absolute_url()
        self._add(
            "first_class",
            FIRST_CLASS_STARTS,
            begun.starts_on,
            done_at=started.at if started else None,
            url=url,
        )
        seats = Seat.objects.filter(engagement=self.engagement).wanted()
        live = seats.filter(state="live").count()
        if live:
            gone_live = self.engagement.log.filter(step="go_live").first()
            self._add(
                "certified",
                PEOPLE_CERTIFIED,
                self.engagement.go_live_on,
                arguments={"live": live, "wanted": seats.count()},
                done_at=gone_live.at if gone_live else None,
            )
