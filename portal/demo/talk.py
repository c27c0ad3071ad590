"""A few conversations: what people say to each other about the work, and to a client."""

from datetime import timedelta

from django.db.models import Model

from cms.models import Proposal
from core.models import Actor, Audience, Comment, Thread
from core.templatetags.ui import dom_id
from engagements.models import Engagement
from portal.demo.clock import Clock
from portal.demo.people import People
from recruiting.models import CriteriaSet, Requisition
from vendors.models import Vendor

INTERNAL, SHARED = Audience.INTERNAL, Audience.SHARED


class Talk:
    """Writes threads as of some days ago. Nobody is told: what was said is long read."""

    def __init__(self, people: People, clock: Clock) -> None:
        self.people, self.clock = people, clock

    def write(self) -> None:
        client = self.people.user("nordwind").client_person.client
        engagement = Engagement.objects.filter(client=client).earliest("pk")
        criteria = CriteriaSet.objects.filter(engagement__client=client).exclude(state="draft")
        self._about_engagement(engagement)
        self._about_criteria(criteria.latest("pk"))
        self._among_us(engagement)

    def _about_engagement(self, engagement: Engagement) -> None:
        self.thread(
            engagement,
            SHARED,
            (9, "nordwind", "Can the first shift begin at 7:30 in the first week of December?"),
            (8, "delivery", "Yes, for the phone teams. We change the shifts from the 1st."),
            (8, "nordwind", "Thank you. I tell our switchboard."),
            resolved="delivery",
        )
        self.thread(
            engagement,
            SHARED,
            (2, "nordwind_viewer", "Who of your trainers comes to our site visit?"),
            (1, "trainer", "I do, with one of the team leads. We bring the programme."),
        )
        self.thread(
            engagement,
            INTERNAL,
            (6, "bizdev", "They want a second language by spring. Not before we are full here."),
            (5, "delivery", "Agreed. Two more team leads first, or quality will not hold."),
        )

    def _about_criteria(self, criteria: CriteriaSet) -> None:
        items = list(criteria.items.all())
        if not items:
            return
        key = dom_id(items[0])
        self.thread(
            criteria,
            SHARED,
            (12, "nordwind", "Do you test this by phone, or in writing only?"),
            (11, "recruiter", "By phone: ten minutes with a native speaker, scored by two of us."),
            item=key,
        )
        self.thread(
            criteria,
            INTERNAL,
            (10, "recruiter", "One in four fails here. Worth asking whether C1 is needed by chat."),
            item=key,
        )

    def _among_us(self, engagement: Engagement) -> None:
        requisition = Requisition.objects.filter(engagement=engagement).first()
        proposal = Proposal.objects.filter(engagement=engagement).first()
        vendor = Vendor.objects.earliest("pk")
        notes: list[tuple[Model | None, str, str]] = [
            (requisition, "hr", "Please ask the people of last year's wave before you advertise."),
            (proposal, "bizdev", "They compare us by the month, not by the contact."),
            (vendor, "hr", "Their liability insurance came late twice: ask a month before."),
        ]
        for subject, who, text in notes:
            if subject is not None:
                self.thread(subject, INTERNAL, (4, who, text))

    def thread(
        self,
        subject: Model,
        audience: Audience,
        *said: tuple[int, str, str],
        item: str = "",
        resolved: str = "",
    ) -> None:
        """Write what each said so many days ago; `resolved` names who closed it, a day later."""
        at = [self.clock.now - timedelta(days=days, hours=-n) for n, (days, *_) in enumerate(said)]
        by: Actor | None = self.people.actor(resolved) if resolved else None
        thread = Thread.objects.create(
            subject=subject,
            item=item,
            audience=audience,
            started_at=at[0],
            resolved_at=at[-1] + timedelta(hours=3) if by else None,
            resolved_by=by,
        )
        Comment.objects.bulk_create(
            Comment(thread=thread, by=self.people.actor(who), text=text, at=when)
            for when, (_, who, text) in zip(at, said, strict=True)
        )
