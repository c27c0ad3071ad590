"""Rows with their histories until they are saved at once: the demo's, and those taken over."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from core import workflow
from core.models import Actor
from core.workflow import Line

Row = TypeVar("Row", bound=Model)


class Book:
    """Holds unsaved rows; `save` writes one model's, and adopts those that have a machine.

    What a step sets by the clock or by an answer (`moved_at`, the client's decision) is put
    right once the row's history is told, before it is saved: `afterwards` remembers it.
    """

    def __init__(self) -> None:
        self.rows: defaultdict[type[Model], list[Any]] = defaultdict(list)
        self._told: defaultdict[int, list[Line]] = defaultdict(list)
        self._afterwards: defaultdict[int, dict[str, Any]] = defaultdict(dict)

    def add(self, row: Row) -> Row:
        self.rows[type(row)].append(row)
        return row

    def add_all(self, rows: Iterable[Row]) -> list[Row]:
        return [self.add(row) for row in rows]

    def tell(
        self,
        subject: Model,
        step: str,
        at: datetime,
        by: Actor,
        note: str = "",
        **details: Any,
    ) -> None:
        """Add a step to the subject's history; steps may be told in any order."""
        self._told[id(subject)].append(Line(step, at, by, note, details))

    def tell_all(self, subject: Model, lines: Iterable[Line]) -> None:
        self._told[id(subject)].extend(lines)

    def history(self, subject: Model) -> list[Line]:
        return sorted(self._told[id(subject)], key=lambda line: line.at)

    def afterwards(self, row: Model, **values: Any) -> None:
        self._afterwards[id(row)] |= values

    def save(self, model: type[Model]) -> None:
        rows = self.rows[model]
        if workflow.state_field(model):
            workflow.adopt(self._histories(rows))
        else:
            model._default_manager.bulk_create(rows, batch_size=2000)

    def _histories(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Sequence[Line]]]:
        """Give each row with its history. Asked for the next, `adopt` has told the one before."""
        for row in rows:
            yield row, self.history(row)
            for name, value in self._afterwards[id(row)].items():
                setattr(row, name, value)
