"""The rows of the demo with their histories, until they are saved all at once."""

from collections import defaultdict
from collections.abc import Iterable
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
    right after the row is adopted: `afterwards` remembers it.
    """

    def __init__(self) -> None:
        self.rows: defaultdict[type[Model], list[Any]] = defaultdict(list)
        self._told: defaultdict[int, list[Line]] = defaultdict(list)
        self._afterwards: defaultdict[type[Model], list[tuple[Any, dict[str, Any]]]] = defaultdict(
            list
        )

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

    def history(self, subject: Model) -> list[Line]:
        return sorted(self._told[id(subject)], key=lambda line: line.at)

    def afterwards(self, row: Model, **values: Any) -> None:
        self._afterwards[type(row)].append((row, values))

    def save(self, model: type[Model]) -> None:
        rows = self.rows[model]
        if workflow.state_field(model):
            workflow.adopt((row, self.history(row)) for row in rows)
        else:
            model._default_manager.bulk_create(rows, batch_size=2000)
        self._put_right(model)

    def _put_right(self, model: type[Model]) -> None:
        fields: set[str] = set()
        for row, values in self._afterwards[model]:
            fields |= values.keys()
            for name, value in values.items():
                setattr(row, name, value)
        if fields:
            changed = {id(row): row for row, _ in self._afterwards[model]}
            model._default_manager.bulk_update(changed.values(), sorted(fields), batch_size=500)
