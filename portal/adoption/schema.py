"""The shape of a file: which keys it has, which must be there, what is a list, what a word of few.

A JSON Schema, so that an editor can check a file while it is written
(`manage.py adopt_engagement --schema`). What the values mean is read by forms, in the other
modules; client, engagement and requirements are read as `import_requirements` reads them.
"""

from collections.abc import Iterable
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from core.yaml_files import Problems, hint, unknown_key
from engagements.models import Engagement, Seat
from recruiting.models import Application, Criterion
from training.models import TrainingClass
from vendors.models import Role

Shape = dict[str, Any]
# An editor may take 80 for a number and yes for a word: Cadre reads either as text.
VALUE: Shape = {"type": ["string", "number", "boolean"]}

S = Seat.State
TAKEN = [S.RESERVED, S.IN_TRAINING, S.NESTING, S.LIVE]
STATES: dict[str, list[Any]] = {
    "engagement": Engagement.State.values,
    "requisition": ["open", "on_hold", "filled", "closed", "cancelled"],
    "class": [TrainingClass.State.PLANNED, "open", "running", "completed"],
    "seat": [S.PLANNED, S.APPROVED, S.REQUISITIONED, *TAKEN, S.VACATED],
    # Who is hired has a seat: they stand there.
    "application": [state for state in Application.State.values if state != "hired"],
}


def _keys(needed: str, optional: str = "", **shapes: Shape) -> Shape:
    names = f"{needed} {optional}".split()
    properties = {name: shapes.get(name, VALUE) for name in [*names, *shapes]}
    return {
        "type": "object",
        "properties": properties,
        "required": needed.split(),
        "additionalProperties": False,
    }


def _list(of: Shape, *, least: int = 0) -> Shape:
    return {"type": "array", "items": of, "minItems": least}


def _one_of(words: Iterable[Any]) -> Shape:
    return {"enum": [str(word) for word in words]}


YES_NO = _one_of(["yes", "no"])
ROLE = _one_of(Role.values)
HISTORY = _list(_keys("step on", "by note"), least=1)


def _state(kind: str) -> Shape:
    return _one_of(STATES[kind])


def _open(shape: Shape) -> Shape:
    """Leave further keys to whoever reads them with hints of their own."""
    return {**shape, "additionalProperties": True, "required": []}


CLIENT = _keys("", people=_list(_keys("name email", may_decide=YES_NO)))
PERSON_IN_SEAT = _keys(
    "email hired_on monthly_salary",
    "applied_on starts_on class score",
    certificate=_keys("", "number issued_on expires_on"),
)
ITEM = _keys(
    "name kind proof reason",
    "skill level weight",
    kind=_one_of(Criterion.Kind.values),
    proof=_one_of(Criterion.Proof.values),
)
SHAPE: Shape = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "An engagement that Cadre takes over, with its people",
    **_keys(
        "client engagement requirements",
        client={**_open(CLIENT), "type": ["string", "object"]},
        engagement={
            **_open(_keys("", "since", state=_state("engagement"), history=HISTORY)),
            "required": ["state"],
        },
        requirements={
            **_open(_keys("", "accepted_on accepted_by")),
            "required": ["accepted_on"],
        },
        criteria=_list(
            _keys(
                "title role approved_on items",
                "approved_by",
                role=ROLE,
                items=_list(ITEM, least=1),
            )
        ),
        requisitions=_list(
            _keys(
                "number title role criteria recruiter country place description target_on state",
                "line monthly_salary_from monthly_salary_to since",
                role=ROLE,
                state=_state("requisition"),
                has_assessment=YES_NO,
                has_client_review=YES_NO,
                history=HISTORY,
            )
        ),
        programmes=_list(
            _keys("name days nesting_days pass_mark", "description certificate_months")
        ),
        classes=_list(
            _keys(
                "name programme trainer starts_on ends_on state",
                "places since",
                state=_state("class"),
            )
        ),
        people=_list(
            _keys(
                "name email",
                "phone country city headline language vendor",
                consent=_keys("notice on", "basis"),
                facts={"type": "object", "additionalProperties": VALUE},
            )
        ),
        seats=_list(
            _keys(
                "role state",
                "number line team language site starts_on since requisition",
                role=ROLE,
                state=_state("seat"),
                person=PERSON_IN_SEAT,
            )
        ),
        applications=_list(
            _keys(
                "person requisition state",
                "since",
                state=_state("application"),
                history=HISTORY,
                client_decision=_keys(
                    "answer on", "by comment", answer=_one_of(["approved", "declined"])
                ),
            )
        ),
    ),
}


def say_shape(data: Shape, problems: Problems) -> None:
    """Tell each key that is unknown or missing, and each value of another kind than it has."""
    for error in Draft202012Validator(SHAPE).iter_errors(data):
        _say(error, path_of(error.absolute_path), problems)


def path_of(parts: Iterable[str | int]) -> str:
    """Return the path of a place as people count: "seats[1].role" for the first."""
    path = ""
    for part in parts:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".")


def _say(error: ValidationError, path: str, problems: Problems) -> None:
    wanted, given = error.validator_value, error.instance
    if error.validator in {"additionalProperties", "required"}:
        _say_keys(error, f"{path}." if path else "", problems)
    elif error.validator == "enum":
        near = hint(given, wanted) if isinstance(given, str) and given else ""
        meant = f" {near.capitalize()}" if near.startswith("did") else ""
        problems.say(path, f"write one of {', '.join(wanted)}.{meant}")
    elif error.validator == "minItems":
        problems.say(path, "this list is empty.")
    else:
        problems.say(path, OF_A_KIND.get(str(wanted), "write one value, not a list or keys."))


def _say_keys(error: ValidationError, below: str, problems: Problems) -> None:
    given = error.instance
    if error.validator == "required":
        for key in error.validator_value:
            if key not in given:
                problems.say(f"{below}{key}", "it must be there.")
        return
    known = list(error.schema["properties"])
    for key in given:
        if key not in known:
            problems.say(f"{below}{key}", unknown_key(key, known))


OF_A_KIND = {
    "object": "write keys and values, as in name: Phone.",
    "array": "write a list: a dash before each.",
    "['string', 'object']": "write its keys below it, or the name of a client who is known.",
}
