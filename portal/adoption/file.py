"""What every part of the reading needs: the rows of a list, days, who did it, what a name means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from django import forms

from core.models import Actor
from core.workflow import Line
from core.yaml_files import Problems, hint, say_errors
from engagements.models import Client, Engagement
from portal.book import Book

Given = dict[str, Any]
Thing = TypeVar("Thing")
DAY = forms.DateField(
    input_formats=["%Y-%m-%d"], error_messages={"invalid": "write a day as 2026-03-02."}
)


@dataclass
class File:
    """One file while it is read: its problems, and the rows that it will make."""

    data: Given
    problems: Problems
    name: str
    by: Actor
    now: datetime
    book: Book = field(default_factory=Book)
    notes: list[str] = field(default_factory=list)
    client: Client = field(default_factory=Client)
    engagement: Engagement = field(default_factory=Engagement)
    # Who may have done something: our staff and the client's people, by their e-mail.
    people: dict[str, Actor] = field(default_factory=dict)

    def say(self, path: str, sentence: str) -> None:
        self.problems.say(path, sentence)

    def note(self, path: str, sentence: str) -> None:
        """Keep what the reader of the preview should know, though nothing is wrong with it."""
        self.notes.append(f"line {self.problems.line_of(path)}, {path}: {sentence}")

    def rows(self, key: str, of: Given | None = None, at: str = "") -> Iterator[tuple[str, Given]]:
        """Give the mappings of a list, each with its path. Others were told of by the schema."""
        found = (self.data if of is None else of).get(key)
        for place, row in enumerate(found if isinstance(found, list) else [], start=1):
            if isinstance(row, dict):
                yield f"{at}{key}[{place}]", row

    def form(self, form: type[forms.BaseForm], path: str, given: Given, **kwargs: Any) -> Any:
        """Check values by a form, and return it; tell what is wrong with each but the shape."""
        values = {key: value for key, value in given.items() if isinstance(value, str)}
        checked: Any = form(data=values, **kwargs)
        # What is missing, or no single value, the schema has told already.
        silent = {
            name
            for name, errors in checked.errors.as_data().items()
            if self.problems.about(f"{path}.{name}")
            or (name not in values and all(error.code == "required" for error in errors))
        }
        say_errors(self.problems, checked, f"{path}.", silent=silent)
        return checked

    def day(self, path: str, given: Given, key: str) -> date | None:
        """Return the day of a key, None where there is none; it may not lie in the future."""
        text = given.get(key)
        if not isinstance(text, str) or not text:
            return None
        try:
            day = DAY.clean(text)
        except forms.ValidationError as error:
            self.say(f"{path}.{key}", error.messages[0])
            return None
        if day > self.now.date():
            self.say(f"{path}.{key}", f"{day} is in the future.")
            return None
        return day

    def at(self, day: date) -> datetime:
        """Return the moment that stands for a day: noon in UTC is that day nearly everywhere."""
        return min(datetime.combine(day, time(12), UTC), self.now)

    def actor(self, path: str, given: Given, key: str = "by") -> Actor:
        """Return who did it, by their e-mail: of us or of the client's people. Else the file."""
        email = given.get(key)
        if not isinstance(email, str) or not email:
            return self.by
        found = self.people.get(email.lower())
        if found is None:
            known = hint(email.lower(), self.people) if self.people else ""
            meant = f"; {known}" if known.startswith("did") else "."
            self.say(f"{path}.{key}", f"“{email}” is nobody of our staff or at the client{meant}")
            return self.by
        return found

    def tell(self, row: Any, lines: Sequence[Line]) -> None:
        """Keep a row that has a machine, with its history."""
        self.book.add(row)
        row.created_at = lines[0].at if lines else self.now
        self.book.tell_all(row, lines)

    def meant(
        self, path: str, given: Given, key: str, known: Mapping[str, Thing], what: str
    ) -> Thing | None:
        """Return what a name stands for; tell where it stands for nothing."""
        name = given.get(key)
        if not isinstance(name, str):
            return None
        found = known.get(name)
        if found is None:
            self.say(f"{path}.{key}", f"there is no {what} “{name}”; {hint(name, known)}")
        return found
