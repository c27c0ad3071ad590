"""Proposals in every state, and the contracts drawn from those that were accepted."""

from datetime import datetime, timedelta

from cms import documents
from cms.actions import draw_contract
from cms.blocks import default_body
from cms.models import (
    Contract,
    HomePage,
    NumberSeries,
    Proposal,
    ProposalPage,
    ProposalVersion,
    ProposalView,
    Signature,
)
from core import effects, versions
from core.models import Actor
from engagements.models import Engagement
from portal.book import Book
from portal.demo.clock import Clock
from portal.demo.engagements import Account
from portal.demo.people import People
from portal.demo.rounds import Round
from portal.demo.tale import Tale

VALID_FOR = timedelta(days=30)


class Office:
    """Writes proposals as they were sent, and contracts as they were signed."""

    def __init__(
        self,
        book: Book,
        people: People,
        clock: Clock,
        accounts: dict[str, Account],
        tale: Tale,
    ) -> None:
        self.book, self.people, self.clock = book, people, clock
        self.accounts, self.tale = accounts, tale
        self.home = HomePage.objects.get()

    def write(self) -> None:
        for code, rounds in self.tale.rounds.items():
            self._propose(self.accounts[code], rounds)
        self.book.save(Proposal)
        for version in self.book.rows[ProposalVersion]:
            self._freeze(version)
        self.book.save(ProposalVersion)
        self.book.save(ProposalView)
        for code, days in self.tale.contracts.items():
            self._contract(self.accounts[code], days)
        self.book.save(Contract)
        self.book.save(Signature)

    def _owner(self, account: Account) -> Actor:
        return self.people.actor(account.brief.owner)

    def _client(self, account: Account) -> Actor:
        return self.people.actor(self.tale.readers(account.engagement.code)[0])

    def _propose(self, account: Account, rounds: tuple[Round, ...]) -> None:
        first = account.times.get("propose", self.clock.ago(2))
        number = NumberSeries.next("P", on=first.date())
        page = self._page(account.engagement, number, self._owner(account))
        sent = first
        for version, each in enumerate(rounds or (Round(0),), start=1):
            if version > 1:
                sent = self.clock.ago(each.sent)
            proposal = self.book.add(
                Proposal(
                    engagement=account.engagement,
                    page=page,
                    number=number,
                    version=version,
                    created_at=self.clock.before(sent, 3, 5),
                )
            )
            if each.sent:
                self._sent(account, proposal, each, sent)
        page.valid_until = sent.date() + VALID_FOR
        page.save_revision(user=self.people.user(account.brief.owner))

    def _page(self, engagement: Engagement, number: str, owner: Actor) -> ProposalPage:
        page = ProposalPage(
            title=f"A customer-care team for {engagement.client}",
            slug=number.lower(),
            engagement=engagement,
            valid_until=self.clock.today + VALID_FOR,
            body=default_body(),
            owner=owner.user,
            live=False,
        )
        self.home.add_child(instance=page)
        return page

    def _sent(self, account: Account, proposal: Proposal, each: Round, sent: datetime) -> None:
        owner, book = self._owner(account), self.book
        book.tell(proposal, "submit", self.clock.before(sent, 2, 2), owner)
        book.tell(proposal, "approve", self.clock.before(sent, 1, 1), owner)
        book.tell(proposal, "send", sent, owner)
        frozen = book.add(
            ProposalVersion(
                proposal=proposal, sent_at=sent, valid_until=sent.date() + VALID_FOR, data={}
            )
        )
        end = self._answer(account, proposal, each)
        readers = self.tale.readers(account.engagement.code)
        for number in range(each.views):
            at = self.clock.between(sent + timedelta(hours=3), end)
            by = self.people.actor(readers[number % len(readers)])
            book.add(ProposalView(version=frozen, by=by, at=at))

    def _answer(self, account: Account, proposal: Proposal, each: Round) -> datetime:
        """Tell what became of a version. The one that is accepted is so when all is agreed."""
        if not each.outcome:
            return self.clock.ago(1)
        at = self.clock.ago(each.answered)
        if each.outcome == "accept":
            at = account.times["agree"]
        by, details = self.people.system, {}
        if each.outcome in {"accept", "decline"}:
            by = self._client(account)
            details = {
                "answer_name": by.name,
                "answer_title": by.user.title if by.user else "",
                "answer_note": each.note,
            }
        self.book.tell(proposal, each.outcome, at, by, each.note, **details)
        return at

    def _freeze(self, version: ProposalVersion) -> None:
        """Keep text and figures with the hash of both, as sending does."""
        proposal = version.proposal
        page = proposal.page
        page.valid_until = version.valid_until
        figures = page.figures(
            number=proposal.number, version=proposal.version, on=version.sent_at.date()
        )
        data = {**figures, "body": page.body.get_prep_value()}
        frozen, version.sha256 = versions.freeze({"data": data, "html": page.render(figures)})
        version.html, version.data = frozen["html"], frozen["data"]

    def _contract(self, account: Account, days: dict[str, int]) -> None:
        """Have the contract drawn, and take it back: it is adopted with its history."""
        proposal = Proposal.objects.get(engagement=account.engagement, state="accepted")
        owner, client = self._owner(account), self._client(account)
        times = self.clock.each_ago(days)
        made = draw_contract(proposal, by=owner)
        pk = made.pk
        made.delete()
        row = Contract(
            pk=pk,
            engagement=account.engagement,
            proposal=proposal,
            number=made.number,
            data={**made.data, "drawn_on": times["draw"].date().isoformat()},
            created_at=times["draw"],
        )
        row.html = documents.contract_html(row.data)
        self.book.add(row)
        for step, at in list(times.items())[1:]:
            self.book.tell(row, step, at, client if step == "execute" else owner)
        self._signature(row, Signature.Side.US, owner, times.get("sign_first"))
        self._signature(row, Signature.Side.CLIENT, client, times.get("execute"))

    def _signature(self, row: Contract, side: str, by: Actor, at: datetime | None) -> None:
        """Sign for one side. What was signed has a hash once the worker has printed it."""
        if at and by.user:
            self.book.add(
                Signature(
                    contract=row,
                    side=side,
                    by=by,
                    name=by.name,
                    title=by.user.title,
                    signed_at=at,
                )
            )


def print_contracts() -> None:
    """Have the contracts printed a little later, when the first pages are there."""
    for contract in Contract.objects.order_by("-created_at", "pk"):
        effects.cause(
            "portal.print_demo_contract",
            key=f"demo-contract:{contract.pk}",
            after=timedelta(seconds=20),
            contract=contract.pk,
        )
