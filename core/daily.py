"""What is done to many rows by itself, day by day."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
logger = logging.getLogger(__name__)


def one_by_one(rows: Iterable[Row], do: Callable[[Row], bool]) -> int:
    """Do something to each row, and return how often it was done.

    `do` is atomic and says whether it did anything. A row that fails is logged with its
    error and comes again the next day; it does not stop the others.
    """
    done = 0
    for row in rows:
        try:
            done += do(row)
        except Exception:
            logger.exception("%s %s failed", row._meta.label_lower, row.pk)
    return done
