"""Writes criteria sets in each state, with what clients answered."""

from datetime import datetime

from core.models import Actor
from core.versions import freeze
from portal.book import Book
from portal.demo.clock import Clock
from portal.demo.engagements import Account
from portal.demo.people import People
from portal.demo.sets import SetBrief
from portal.demo.tale import Tale
from recruiting.actions.criteria import content
from recruiting.models import CriteriaSet, Criterion

AGREED = {CriteriaSet.State.APPROVED, CriteriaSet.State.SUPERSEDED}


class Library:
    """Writes the criteria sets, and knows which version an opening uses."""

    def __init__(self, book: Book, people: People, clock: Clock, tale: Tale) -> None:
        self.book, self.people, self.clock, self.tale = book, people, clock, tale
        self.newest: dict[str, CriteriaSet] = {}

    def write(self, accounts: dict[str, Account]) -> dict[str, CriteriaSet]:
        for key, brief in self.tale.sets.items():
            account = accounts[brief.account]
            rounds = brief.rounds or ((1, None),)
            for number in range(1, len(rounds) + 1):
                self.newest[key] = self._version(key, brief, account, number)
        self._save()
        return self.newest

    def _version(self, key: str, brief: SetBrief, account: Account, number: int) -> CriteriaSet:
        clock, book = self.clock, self.book
        sent, answered = brief.rounds[number - 1] if brief.rounds else (1, None)
        at = clock.ago(sent)
        row = book.add(
            CriteriaSet(
                engagement=account.engagement,
                role=brief.role,
                title=brief.title,
                version=number,
                created_at=clock.before(at, 1, 3),
            )
        )
        client = self.people.actor(self.tale.companies[account.brief.client].people[0])
        done = None if answered is None else clock.ago(answered)
        if brief.state != "draft":
            book.tell(row, "send", at, self.people.actor("recruiter"))
        if done and brief.state == "changes_requested":
            book.tell(row, "request_changes", done, client)
        elif done:
            book.tell(row, "approve", done, client, frozen={}, sha256="")
        if number > 1:
            book.tell(self.newest[key], "supersede", done or at, self.people.system)
        self._items(row, brief, client, done or clock.after(at, 0, 0))
        return row

    def _items(self, row: CriteriaSet, brief: SetBrief, client: Actor, at: datetime) -> None:
        is_answered = brief.state in {"approved", "changes_requested"}
        # Earlier versions asked for less: the last item came with the newest.
        is_newest = row.version >= len(brief.rounds)
        for position, (name, kind, skill, level, proof, weight, reason) in enumerate(brief.items):
            if not is_newest and not weight and position == len(brief.items) - 1:
                continue
            answer, comment = brief.answers.get(name, ("approved" if is_answered else "", ""))
            self.book.add(
                Criterion(
                    criteria_set=row,
                    position=position,
                    name=name,
                    kind=kind,
                    skill=skill,
                    level=level,
                    proof=proof,
                    weight=weight,
                    reason=reason,
                    answer=answer,
                    comment=comment,
                    answered_by=client if answer else None,
                    answered_at=at if answer else None,
                )
            )

    def _save(self) -> None:
        """Save the sets, and freeze those that were agreed, as approving them does."""
        self.book.save(CriteriaSet)
        self.book.save(Criterion)
        agreed = [row for row in self.book.rows[CriteriaSet] if row.state in AGREED]
        for row in agreed:
            row.frozen, row.sha256 = freeze(content(row))
        CriteriaSet.objects.bulk_update(agreed, ["frozen", "sha256"])
