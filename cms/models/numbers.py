from datetime import date

from django.db import models


class NumberSeries(models.Model):
    """The last number given in a series (P-2026), so that the next one leaves no gap."""

    key = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "number series"

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"

    @classmethod
    def next(cls, letter: str, *, on: date) -> str:
        """Give the next number, as in C-2026-001. Call it within the transaction that uses it.

        The series stays locked until that ends, and a rollback gives the number back.
        """
        key = f"{letter}-{on.year}"
        cls.objects.get_or_create(key=key)
        series = cls.objects.select_for_update().get(key=key)
        series.last += 1
        series.save(update_fields=["last"])
        return f"{key}-{series.last:03}"
