"""Proposals as versions: what a reader is told when one follows another."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cms.figures import Json
from cms.models import Proposal
from core import versions
from core.differences import Change, difference


def declare() -> None:
    versions.declare(
        "cms.Proposal",
        content=content,
        family=first,
        earlier=earlier,
        compare=compare,
        frozen=frozen,
    )


def content(proposal: Proposal) -> Json:
    """Return what was sent; of a draft, what would be sent today."""
    sent = getattr(proposal, "frozen", None)
    if sent is not None:
        return sent.data
    figures = proposal.live_figures(on=timezone.localdate())
    return {**figures, "body": proposal.page.body.get_prep_value()}


def frozen(proposal: Proposal) -> Json | None:
    """Return what the hash of a sent one is made of: its figures and its text."""
    sent = getattr(proposal, "frozen", None)
    return None if sent is None else {"data": sent.data, "html": sent.html}


def first(proposal: Proposal) -> Proposal:
    return Proposal.objects.filter(number=proposal.number).order_by("version")[0]


def earlier(proposal: Proposal) -> Proposal | None:
    """Return the version that was sent before this one."""
    rows = Proposal.objects.filter(
        number=proposal.number, version__lt=proposal.version, frozen__isnull=False
    )
    return rows.select_related("frozen").order_by("-version").first()


def compare(old: Json, new: Json) -> list[Change]:
    labels = {
        "title": _("Title"),
        "valid_until": _("Valid until"),
        "go_live_on": _("Go-live"),
        "agents": _("Agents"),
        "seats": _("Seats in all"),
        "total": _("A month"),
        "countries": _("Delivered from"),
        "time_zone": _("Customers' time zone"),
        "scope": _("Scope of service"),
        "lines": _("Line"),
        "lines.channel": _("channel"),
        "lines.language": _("language"),
        "lines.level": _("level"),
        "lines.hours": _("hours"),
        "lines.promise": _("promise"),
        "lines.contacts": _("contacts in the busiest half-hour"),
        "lines.aht_s": _("handling time in seconds"),
        "prices": _("Price"),
        "prices.seats": _("seats"),
        "prices.month": _("each a month"),
        "prices.hour": _("a productive hour"),
        "prices.contact": _("a contact"),
        "prices.total": _("in all a month"),
        "timeline": _("Timeline"),
        "timeline.on": _("day"),
        "parts": _("Text"),
        "parts.text": _("words"),
    }
    keys = {"lines": "name", "prices": "name", "timeline": "label", "parts": "heading"}
    return difference(_as_read(old), _as_read(new), labels=labels, keys=keys)


def _as_read(said: Json) -> Json:
    """Write what was frozen as it is read: amounts with their currency, text without its tags."""
    currency, price = said.get("currency", ""), said.get("price") or {}
    return {
        **said,
        "total": _money(price.get("total"), currency),
        "lines": [_line(line) for line in said.get("lines", [])],
        "prices": [
            {
                "name": _name(line),
                "seats": line["seats"],
                **_rate(line, currency),
                "total": _money(line["total"], currency),
            }
            for line in price.get("lines", [])
        ],
        "timeline": said.get("timeline", []),
        "parts": list(_parts(said.get("body", []))),
    }


def _name(line: Json) -> str:
    """Name a line of the price by all that tells it from another."""
    tier = _("tier %(tier)s") % {"tier": line["tier"]} if line.get("tier") else ""
    return " ".join(filter(None, [line["role"], line["language"], tier, line.get("place", "")]))


def _rate(line: Json, currency: str) -> Json:
    """Return a line's rate by what it is for; what was frozen before rates says a month's."""
    return {line.get("unit", "month"): _money(line.get("rate", line.get("monthly")), currency)}


def _money(amount: Any, currency: str) -> Json | None:
    return None if amount in (None, "") else {"amount": str(amount), "currency": currency}


def _line(line: Json) -> Json:
    share = f"{float(line['service_level']) * 100:g}"
    words = {"share": share, "seconds": line["threshold_s"]}
    return {
        **line,
        "hours": _hours(line),
        "promise": _("%(share)s %% within %(seconds)s s") % words,
    }


def _hours(line: Json) -> str:
    """Say when a line is open; what was frozen before lines had weeks says it by one day."""
    return str(line.get("hours") or f"{line['opens']}\N{EN DASH}{line['closes']}, {line['days']}")


def _parts(body: list[Json]) -> Iterator[Json]:
    for block in body:
        value = block.get("value") or {}
        text = unescape(strip_tags((value.get("text") or "").replace("<", " <")))
        yield {"heading": value.get("heading", ""), "text": " ".join(text.split())}
