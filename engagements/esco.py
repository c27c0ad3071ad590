"""ESCO's skills and occupations: read from its files into rows, and known by their names.

All of an import is one transaction, so that whoever is cut off in the middle has what was there.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, models, transaction

from core.yaml_files import ImportRefused
from engagements.esco_files import FEW, NEEDS, OCCUPATIONS, SKILLS, Table, tables_in
from engagements.models import EscoNeed, EscoOccupation, EscoSkill

COMMAND = "manage.py import_esco FOLDER"
NOTICE = "This service uses the ESCO classification of the European Commission."
IMPORTING = 7_203_473  # the advisory lock of whoever imports ESCO
CHUNK = 1000
RowOf = TypeVar("RowOf", EscoSkill, EscoOccupation)
OF_SKILLS = ["label", "alt_labels", "description", "skill_type", "reuse_level", "names"]
OF_OCCUPATIONS = ["label", "alt_labels", "isco"]


@dataclass
class Count:
    """What an import made of one kind of row."""

    what: str
    read: int = 0
    new: int = 0
    changed: int = 0
    gone: int | None = None
    left_out: int = 0

    def __str__(self) -> str:
        said = f"{self.read:,} {self.what}, {self.new:,} new, {self.changed:,} changed"
        if self.gone is not None:
            said += f", {self.gone:,} no longer in ESCO"
        if self.left_out:
            said += f"; {self.left_out:,} left out, which name what is not in the other tables"
        return said


@transaction.atomic
def import_esco(folder: Path) -> list[str]:
    """Take over what a folder holds of ESCO, and say what of which file was new.

    The whole classification tells what is no longer in ESCO; the file of a few occupations does
    not. Raises ImportRefused, with nothing stored, where a file can't be used.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTING])
    tables = tables_in(folder)
    return list(_whole(tables) if SKILLS in tables else _few(tables[FEW]))


def _whole(tables: dict[str, Table]) -> Iterator[str]:
    skills = tables[SKILLS]
    yield f"{skills}: {_keep(_skills(skills), OF_SKILLS, Count('skills', gone=0))}."
    if table := tables.get(OCCUPATIONS):
        rows = _occupations(table)
        yield f"{table}: {_keep(rows, OF_OCCUPATIONS, Count('occupations', gone=0))}."
    if (table := tables.get(NEEDS)) and OCCUPATIONS in tables:
        links = (
            (row["occupationUri"], row["skillUri"], row["relationType"]) for row in table.rows()
        )
        yield f"{table}: {_keep_needs(links, Count('links', gone=0))}."


def _few(table: Table) -> Iterator[str]:
    """Read the one file in which each row is an occupation, a skill, and their link."""
    yield f"{table}: {_keep(_few_skills(table), OF_SKILLS, Count('skills'))}."
    # It has no other labels of occupations: those that are known stay.
    counted = _keep(_few_occupations(table), ["label", "isco"], Count("occupations"))
    yield f"{table}: {counted}."
    links = ((row["occupation_uri"], row["skill_uri"], row["relation"]) for row in table.rows())
    yield f"{table}: {_keep_needs(links, Count('links'))}."


def _skills(table: Table) -> Iterator[EscoSkill]:
    for row in table.rows():
        yield _skill(
            table,
            row["altLabels"].splitlines(),
            uri=row["conceptUri"],
            label=row["preferredLabel"],
            description=row["description"],
            skill_type=row["skillType"],
            reuse_level=row["reuseLevel"],
        )


def _few_skills(table: Table) -> Iterator[EscoSkill]:
    for row in table.rows():
        yield _skill(
            table,
            row["skill_alt_labels"].split("|"),
            uri=row["skill_uri"],
            label=row["skill"],
            description=row["skill_description"],
            skill_type=row["skill_type"],
            reuse_level=row["reuse_level"],
        )


def _skill(table: Table, others: list[str], **fields: str) -> EscoSkill:
    row = EscoSkill(**fields, alt_labels=_labels(others))
    row.names = sorted({fold(each) for each in [row.label, *row.alt_labels.splitlines()]})
    return _checked(table, row)


def _occupations(table: Table) -> Iterator[EscoOccupation]:
    for row in table.rows():
        found = EscoOccupation(
            uri=row["conceptUri"],
            label=row["preferredLabel"],
            alt_labels=_labels(row["altLabels"].splitlines()),
            isco=row["code"],
        )
        yield _checked(table, found)


def _few_occupations(table: Table) -> Iterator[EscoOccupation]:
    for row in table.rows():
        uri, label, isco = row["occupation_uri"], row["occupation"], row["isco_code"]
        yield _checked(table, EscoOccupation(uri=uri, label=label, isco=isco))


def _labels(texts: Iterable[str]) -> str:
    """Write labels one on a line, in an order of ours: the files have them in any."""
    return "\n".join(sorted({text for each in texts if (text := " ".join(each.split()))}))


def _checked(table: Table, row: RowOf) -> RowOf:
    """Refuse a row without URI or label, and one with more text than there is room for."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname, None)
        if field.name in {"uri", "label"} and not value:
            raise ImportRefused(f"{table}: “{row.uri or row.label}” lacks its {field.name}.")
        if isinstance(value, str) and field.max_length and len(value) > field.max_length:
            raise ImportRefused(
                f"{table}: the {field.name} of “{row.uri[:200]}” has {len(value):,} characters, "
                f"and may have {field.max_length}."
            )
    return row


def _keep(rows: Iterator[RowOf], fields: Sequence[str], count: Count) -> Count:
    """Store rows that are new or differ, a thousand at a time; set those aside that are gone."""
    seen: set[str] = set()
    model: type[models.Model] = EscoSkill
    while chunk := {row.uri: row for row in islice(rows, CHUNK)}:
        model = type(next(iter(chunk.values())))
        known = model._default_manager.in_bulk(list(chunk), field_name="uri")
        new = [row for uri, row in chunk.items() if uri not in known]
        changed = [each for each in known.values() if _takes_over(each, chunk[each.uri], fields)]
        model._default_manager.bulk_create(new)
        model._default_manager.bulk_update(changed, [*fields, "is_current"])
        count.read += len(chunk.keys() - seen)
        count.new, count.changed = count.new + len(new), count.changed + len(changed)
        seen |= chunk.keys()
    if count.gone is not None:
        current = model._default_manager.filter(is_current=True)
        gone = set(current.values_list("uri", flat=True)) - seen
        count.gone = current.filter(uri__in=gone).update(is_current=False)
    return count


def _takes_over(known: Any, row: Any, fields: Sequence[str]) -> bool:
    """Let a row that we have say what the file says; return whether it did not."""
    before = [known.is_current, *(getattr(known, name) for name in fields)]
    known.is_current = True
    for name in fields:
        setattr(known, name, getattr(row, name))
    return before != [True, *(getattr(known, name) for name in fields)]


def _keep_needs(links: Iterator[tuple[str, str, str]], count: Count) -> Count:
    """Store which occupation needs which skill, and delete what is no longer said."""
    occupations = dict(EscoOccupation.objects.values_list("uri", "pk"))
    skills = dict(EscoSkill.objects.values_list("uri", "pk"))
    seen: set[int] = set()
    while chunk := list(islice(links, CHUNK)):
        wanted: dict[tuple[int, int], bool] = {}
        for occupation, skill, relation in chunk:
            if occupation not in occupations or skill not in skills:
                count.left_out += 1  # the official tables have some
                continue
            wanted[occupations[occupation], skills[skill]] = relation == "essential"
        seen |= _keep_chunk(wanted, count)
    if count.gone is not None:
        gone = set(EscoNeed.objects.values_list("pk", flat=True)) - seen
        count.gone, _of = EscoNeed.objects.filter(pk__in=gone).delete()
    return count


def _keep_chunk(wanted: dict[tuple[int, int], bool], count: Count) -> set[int]:
    rows = EscoNeed.objects.filter(
        occupation__in={occupation for occupation, _skill in wanted},
        skill__in={skill for _occupation, skill in wanted},
    )
    known = {(row.occupation_id, row.skill_id): row for row in rows}
    kept = [row for pair, row in known.items() if pair in wanted]
    changed = [row for row in kept if row.is_essential != wanted[row.occupation_id, row.skill_id]]
    for row in changed:
        row.is_essential = not row.is_essential
    new = [
        EscoNeed(occupation_id=occupation, skill_id=skill, is_essential=is_essential)
        for (occupation, skill), is_essential in wanted.items()
        if (occupation, skill) not in known
    ]
    EscoNeed.objects.bulk_create(new)
    EscoNeed.objects.bulk_update(changed, ["is_essential"])
    count.read += len(wanted)
    count.new, count.changed = count.new + len(new), count.changed + len(changed)
    return {row.pk for row in [*kept, *new]}


def is_imported() -> bool:
    return EscoSkill.objects.exists()


def fold(name: str) -> str:
    """Return a name as it is compared: case and spaces do not tell names apart."""
    return " ".join(name.split()).casefold()


def uris_of(names: Collection[str]) -> dict[str, str]:
    """Return the URIs of the names that ESCO knows, by the folded name.

    Its own label names a skill before another one's alternative label does; an alternative label
    that several have names none of them.
    """
    wanted = {fold(name) for name in names}
    found: dict[str, set[str]] = {}
    own: dict[str, str] = {}
    rows = EscoSkill.objects.current().filter(names__overlap=sorted(wanted))
    for uri, label, known in rows.values_list("uri", "label", "names"):
        own[fold(label)] = uri
        for name in wanted & set(known):
            found.setdefault(name, set()).add(uri)
    alone = {name: next(iter(uris)) for name, uris in found.items() if len(uris) == 1}
    return alone | {name: uri for name, uri in own.items() if name in wanted}
