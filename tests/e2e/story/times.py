"""The days of the story: all of them from today."""

from datetime import timedelta

from django.utils import timezone


def days(number):
    """Return the day that many days from now, as a date field takes it."""
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def spoken(number):
    """Return the same day as pages write it."""
    day = timezone.localdate() + timedelta(days=number)
    return f"{day.day} {day:%B %Y}"
