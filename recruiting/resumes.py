"""Résumés as others write them: JSON Resume, FRESH and our CSV, each read into one Person.

Nothing is guessed: what can't be read is refused with a reason, or left out with a note.
docs/formats.md says what is taken from where.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from recruiting.languages import cefr, country_code

COLUMNS = ["name", "email", "phone", "country", "city", "headline", "languages", "skills"]
NEEDED = {"name", "email"}


class Unreadable(Exception):
    """This is no person's résumé. Its text says why, fit for the user to read."""


@dataclass
class Known:
    """One thing that a résumé says of somebody."""

    skill: str
    level: str = ""
    evidence: str = ""


@dataclass
class Person:
    name: str
    email: str = ""
    phone: str = ""
    country: str = ""
    city: str = ""
    headline: str = ""
    known: list[Known] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_json(content: bytes) -> Person:
    """Read a JSON Resume or a FRESH résumé. Raises Unreadable."""
    try:
        data = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Unreadable(f"It is not JSON: {error}.") from None
    if not isinstance(data, dict):
        raise Unreadable("It is no résumé: the file must hold one object in { }.")
    meta = data.get("meta")
    if isinstance(meta, dict) and str(meta.get("format", "")).startswith("FRESH"):
        return _fresh(data)
    if "basics" not in data:
        raise Unreadable("It is no JSON Resume: it has no “basics” with a name.")
    return _json_resume(data)


def _json_resume(data: dict[str, Any]) -> Person:
    basics = _object(data, "basics")
    place = _object(basics, "location", "basics.location")
    person = _person(
        name=_text(basics, "name", "basics.name"),
        email=_text(basics, "email", "basics.email"),
        phone=_text(basics, "phone", "basics.phone"),
        country=_text(place, "countryCode", "basics.location.countryCode"),
        city=_text(place, "city", "basics.location.city"),
        headline=_text(basics, "label", "basics.label"),
    )
    for row in _rows(data, "languages"):
        level = _text(row, "fluency") or _text(row, "level")
        person.known += _language(_text(row, "language"), level)
    for row in _rows(data, "skills"):
        person.known += _skill(_text(row, "name"), _text(row, "level"), row.get("keywords"))
    for row in _rows(data, "work"):
        employer = _text(row, "name") or _text(row, "company")
        dates = (_text(row, "startDate"), _text(row, "endDate"))
        person.known += _work(_text(row, "position"), employer, dates)
    return person


def _fresh(data: dict[str, Any]) -> Person:
    contact, place = _object(data, "contact"), _object(data, "location")
    person = _person(
        name=_text(data, "name"),
        email=_text(contact, "email", "contact.email"),
        phone=_text(contact, "phone", "contact.phone"),
        country=_text(place, "country", "location.country"),
        city=_text(place, "city", "location.city"),
        headline=_text(_object(data, "info"), "label", "info.label"),
    )
    for row in _rows(data, "languages"):
        person.known += _language(_text(row, "language"), _text(row, "level"))
    for row in _rows(_object(data, "skills"), "sets", "skills.sets"):
        person.known += _skill(_text(row, "name"), _text(row, "level"), row.get("skills"))
    for row in _rows(_object(data, "employment"), "history", "employment.history"):
        dates = (_text(row, "start"), _text(row, "end"))
        person.known += _work(_text(row, "position"), _text(row, "employer"), dates)
    return person


def read_csv(content: bytes) -> Iterator[tuple[int, Person | Unreadable]]:
    """Read our CSV: for each row its line in the file, and the person or what is wrong with it.

    Raises Unreadable where the header is not ours.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("It is not in UTF-8: save it as “CSV UTF-8”.") from None
    reader = csv.DictReader(io.StringIO(text), strict=True, restval="")
    header = [str(name).strip().lower() for name in reader.fieldnames or []]
    unknown, lacking = set(header) - set(COLUMNS), NEEDED - set(header)
    if unknown or lacking:
        wrong = [f"lacks {', '.join(sorted(lacking))}"] if lacking else []
        wrong += [f"has the unknown {', '.join(sorted(map(repr, unknown)))}"] if unknown else []
        raise Unreadable(f"Its header {' and '.join(wrong)}; it may have {', '.join(COLUMNS)}.")
    reader.fieldnames = header
    try:
        for row in reader:
            yield reader.line_num, _csv_person(row)
    except csv.Error as error:
        yield reader.line_num, Unreadable(f"The file breaks off here: {error}.")


def _csv_person(row: dict[Any, Any]) -> Person | Unreadable:
    if row.get(None):
        return Unreadable("There are more cells than the header has columns.")
    given = {name: str(value or "").strip() for name, value in row.items()}
    fields = {name: given.get(name, "") for name in COLUMNS[:6]}
    try:
        person = _person(**fields)
        if not person.email:
            raise Unreadable("There is no e-mail address.")
    except Unreadable as error:
        return error
    for part in filter(None, map(str.strip, given.get("languages", "").split(";"))):
        name, _, level = part.rpartition(" ")
        person.known += _language(name, level) if name else _language(level, "")
    for part in filter(None, map(str.strip, given.get("skills", "").split(";"))):
        name, _, level = part.partition(":")
        person.known += _skill(name.strip(), level.strip(), None)
    return person


def _person(*, name: str, email: str, phone: str, country: str, city: str, headline: str) -> Person:
    if not name:
        raise Unreadable("There is no name.")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Unreadable(f"“{email}” is no e-mail address.") from None
    person = Person(name[:200], email.lower(), city=city[:200], headline=headline[:300])
    person.country = country_code(country) if country else ""
    if country and not person.country:
        person.notes.append(f"the country “{country}” is not known and was left out")
    person.phone = _phone(phone, person.country)
    if phone and not person.phone:
        person.notes.append(f"the phone number “{phone}” is not valid and was left out")
    return person


def _phone(text: str, country: str) -> str:
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _language(name: str, level: str) -> list[Known]:
    evidence = f"“{level}”" if level and level != cefr(level) else ""
    return [Known(name[:100], (cefr(level) or level)[:50], evidence)] if name else []


def _skill(name: str, level: str, keywords: Any) -> list[Known]:
    words = [word for word in keywords if isinstance(word, str)] if keywords else []
    return [Known(name[:100], level[:50], ", ".join(filter(None, words)))] if name else []


def _work(position: str, employer: str, dates: tuple[str, str]) -> list[Known]:
    if not position:
        return []
    span = " to ".join(filter(None, dates))
    return [Known(position[:100], evidence=", ".join(filter(None, [employer, span])))]


def _object(data: dict[str, Any], key: str, path: str = "") -> dict[str, Any]:
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Unreadable(f"“{path or key}” must be an object.")
    return value


def _rows(data: dict[str, Any], key: str, path: str = "") -> list[dict[str, Any]]:
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise Unreadable(f"“{path or key}” must be a list of objects.")
    return value


def _text(data: dict[str, Any], key: str, path: str = "") -> str:
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"“{path or key}” must be text.")
    return value.replace("\0", "").strip()
