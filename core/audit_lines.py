"""One view over the audit and the log of every machine, so that all of it is one list.

The logs belong to the apps above, which core does not know: the view is made of whatever
machines there are, after each migration, and is out of the way during one, for PostgreSQL
alters no column that a view reads. Each branch is a plain select of one table with constants,
so that the planner hands filters down and merges the tables by their indexes.
"""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from core.models import AuditEntry, AuditLine, TransitionLog

VIEW = AuditLine._meta.db_table


def drop(*, using: str, **_signal: Any) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(f'DROP VIEW IF EXISTS "{VIEW}"')


def make(*, using: str, **_signal: Any) -> None:
    """Make the view anew over the tables that are there."""
    ContentType.objects.clear_cache()  # a flush gave them other numbers
    with connections[using].cursor() as cursor:
        there = set(connections[using].introspection.table_names(cursor))
        if AuditEntry._meta.db_table not in there:
            return
        logs = [model for model in _logs() if model._meta.db_table in there]
        branches = " UNION ALL ".join([_noted(), *(_steps(model) for model in logs)])
        cursor.execute(f'DROP VIEW IF EXISTS "{VIEW}"')
        cursor.execute(f'CREATE VIEW "{VIEW}" AS {branches}')


def _logs() -> list[type[TransitionLog]]:
    return [model for model in apps.get_models() if issubclass(model, TransitionLog)]


def _noted() -> str:
    label = AuditEntry._meta.label_lower
    return f"""
        SELECT '{label}:'::text || id AS key, '{label}'::text AS source, id AS number,
               kind::text AS kind, did::text AS did, by_id, at, subject_type_id, subject_id, details
        FROM "{AuditEntry._meta.db_table}"
    """  # noqa: S608 -- our own names


def _steps(model: type[TransitionLog]) -> str:
    label = model._meta.label_lower
    logs: Any = model
    subject = logs._meta.get_field("subject").related_model
    kind = ContentType.objects.get_for_model(subject).pk
    return f"""
        SELECT '{label}:'::text || id, '{label}'::text, id, '{AuditLine.STEP}'::text, step::text,
               by_id, at, {kind}, subject_id, jsonb_build_object('from', source, 'to', target)
        FROM "{model._meta.db_table}"
    """  # noqa: S608 -- our own names
