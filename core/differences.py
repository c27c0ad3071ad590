"""What changed between two versions, in words and numbers.

    difference(old, new, labels={"go_live_on": _("Go-live"), "lines": _("Line"),
                                 "lines.agents": _("agents")}, keys={"lines": "name"})

Only what has a label is compared, in the order of the labels. Money is {"amount", "currency"}.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, to_locale

Labels = Mapping[str, Any]


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One thing that changed: before and after in words, and by how much (`note`).

    Longer texts have `words` instead: runs of words that were kept ("="), came ("+") or went ("-").
    """

    label: str
    kind: Kind
    before: str = ""
    after: str = ""
    note: str = ""
    words: Sequence[tuple[str, str]] = field(default=())


def difference(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    labels: Labels,
    keys: Mapping[str, str] | None = None,
) -> list[Change]:
    """Return what differs; both are JSON as `versions.freeze` returns it.

    `keys` says for each list of objects by which of their fields two are the same.
    """
    changes: list[Change] = []
    for name, label in labels.items():
        if "." in name:
            continue
        before, after = old.get(name), new.get(name)
        if keys and name in keys:
            changes += _lists(name, before or [], after or [], labels, keys[name])
        elif before != after:
            changes.append(_change(str(label), before, after))
    return changes


def _lists(name: str, old: Any, new: Any, labels: Labels, key: str) -> Iterator[Change]:
    before, after = (_by_key(items, key) for items in (old, new))
    inner = {
        part.partition(".")[2]: of for part, of in labels.items() if part.startswith(f"{name}.")
    }
    for one in [*before, *(other for other in after if other not in before)]:
        label = f"{labels[name]} {one}"
        if one not in after:
            yield Change(label, Kind.REMOVED, before=one)
        elif one not in before:
            yield Change(label, Kind.ADDED, after=one)
        else:
            for each in difference(before[one], after[one], labels=inner):
                yield Change(**{**each.__dict__, "label": f"{label}: {each.label}"})


def _by_key(items: Any, key: str) -> dict[str, Any]:
    """Return the items by their key; a second one of the same key gets a number."""
    found: dict[str, Any] = {}
    for item in items:
        name, number = str(item[key]), 2
        while name in found:
            name, number = f"{item[key]} ({number})", number + 1
        found[name] = item
    return found


def _change(label: str, old: Any, new: Any) -> Change:
    before, after = in_words(old), in_words(new)
    kind = Kind.CHANGED if before and after else Kind.ADDED if after else Kind.REMOVED
    if kind == Kind.CHANGED and isinstance(old, str) and isinstance(new, str):
        if (first := _day(old)) and (second := _day(new)):
            return Change(label, kind, before, after, _days(first, second))
        if _number(old) is None and max(len(before.split()), len(after.split())) > 3:
            return Change(label, kind, words=_words(before, after))
    if (first_sum := _money(old)) and (second_sum := _money(new)):
        return Change(label, kind, before, after, _by_sum(first_sum, second_sum))
    return Change(label, kind, before, after, _by(_number(old), _number(new)))


def in_words(value: Any) -> str:
    """Return a JSON value as one reads it: a day, a number, a list, or the text."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if money := _money(value):
        return str(format_currency(money[0], money[1], locale=_locale()))
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return (" " if isinstance(value, dict) else ", ").join(in_words(one) for one in parts)
    if day := _day(value):
        return date_format(day, "j F Y")
    number = _number(value)
    return str(value) if number is None else format_decimal(number, locale=_locale())


def _locale() -> str:
    return to_locale(get_language() or "en")


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _number(value: Any) -> Decimal | None:
    """Read a number; decimals are frozen as strings, codes with a leading zero are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = str(value)
    if isinstance(value, str) and ("." not in text or not text.lstrip("-")[:1].isdecimal()):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _money(value: Any) -> tuple[Decimal, str] | None:
    """Read an amount of money: {"amount": "12.50", "currency": "EUR"}."""
    if not isinstance(value, dict) or set(value) != {"amount", "currency"}:
        return None
    amount = value["amount"]
    return None if amount in (None, "") else (Decimal(str(amount)), str(value["currency"]))


def _by_sum(old: tuple[Decimal, str], new: tuple[Decimal, str]) -> str:
    """Say by how much money changed; of two currencies no difference can be told."""
    if old[1] != new[1]:
        return gettext("another currency")
    sign = "+" if new[0] > old[0] else "-"
    by = f"{sign}{format_currency(abs(new[0] - old[0]), new[1], locale=_locale())}"
    return f"{by}, {_share(old[0], new[0])}" if old[0] else by


def _by(old: Decimal | None, new: Decimal | None) -> str:
    """Say by how much a number changed, and by which share of what it was."""
    if old is None or new is None:
        return ""
    by = format_decimal(new - old, format="+#,##0.###;-#,##0.###", locale=_locale())
    if not old:
        return by
    return f"{by}, {_share(old, new)}"


def _share(old: Decimal, new: Decimal) -> str:
    return str(format_percent((new - old) / abs(old), format="+0.#%;-0.#%", locale=_locale()))


def _days(old: date, new: date) -> str:
    days = abs((new - old).days)
    if new > old:
        return ngettext("%(n)s day later", "%(n)s days later", days) % {"n": days}
    return ngettext("%(n)s day earlier", "%(n)s days earlier", days) % {"n": days}


def _words(old: str, new: str) -> list[tuple[str, str]]:
    before, after = old.split(), new.split()
    runs: list[tuple[str, str]] = []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            runs.append(("=", " ".join(before[i:j])))
            continue
        runs += [("-", " ".join(before[i:j]))] if j > i else []
        runs += [("+", " ".join(after[k:m]))] if m > k else []
    return runs
