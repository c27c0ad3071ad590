"""The schema as a page can draw it: each route with what it takes, and what it answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Named:
    """A parameter or a field."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    title: str
    takes: list[Named]


@dataclass(frozen=True)
class Group:
    """The routes to one kind of row, its scope, and the fields of a row."""

    name: str
    scope: str
    routes: list[Route]
    fields: list[Named]
    parts: list[tuple[str, list[Named]]]


def groups(schema: Json, scopes: dict[str, str]) -> list[Group]:
    """Return the groups in the order of their routes. `scopes` are by the groups' names."""
    by_name: dict[str, list[tuple[str, str, Json]]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            by_name.setdefault(operation["tags"][0], []).append((method, path, operation))
    return [_group(schema, name, found, scopes[name]) for name, found in by_name.items()]


def _group(schema: Json, name: str, found: list[tuple[str, str, Json]], scope: str) -> Group:
    routes = [
        Route(
            method.upper(),
            path,
            "One of them" if "{" in path else "A page of them",
            [
                Named(each["name"], kind_of(each["schema"]), each.get("description", ""))
                for each in operation.get("parameters", [])
            ],
        )
        for method, path, operation in found
    ]
    # A detail answers with the row itself.
    (detail,) = [operation for _, path, operation in found if "{" in path]
    answer = detail["responses"][200]["content"]["application/json"]["schema"]
    row = _resolved(schema, answer)
    return Group(name, scope, routes, list(_fields(row)), list(_parts(schema, row)))


def _resolved(schema: Json, node: Json) -> Json:
    name = node["$ref"].rsplit("/", 1)[-1]
    found: Json = schema["components"]["schemas"][name]
    return found


def _fields(row: Json) -> Iterator[Named]:
    for name, node in row["properties"].items():
        yield Named(name, kind_of(node), node.get("description", ""))


def _parts(schema: Json, row: Json) -> Iterator[tuple[str, list[Named]]]:
    """What a field consists of, and the words it knows."""
    for name, node in row["properties"].items():
        for words in [each["enum"] for each in (node, *node.get("anyOf", [])) if "enum" in each]:
            yield name, [Named(word or '""', "", "") for word in words]
        for ref in _refs(node):
            part = _resolved(schema, ref)
            yield name, list(_fields(part))


def _refs(node: Json) -> list[Json]:
    inner = [*node.get("anyOf", []), node.get("items", {}), node]
    return [each for each in inner if "$ref" in each]


def kind_of(node: Json) -> str:
    """Say in words what a value is: "whole number or null", "list of text"."""
    if "enum" in node:
        return "word"
    if "anyOf" in node:
        return " or ".join(dict.fromkeys(kind_of(each) for each in node["anyOf"]))
    if "$ref" in node:
        return str(node["$ref"]).rsplit("/", 1)[-1].removesuffix("Out").lower()
    if node.get("type") == "array":
        return f"list of {kind_of(node.get('items', {}))}"
    words = {
        "integer": "whole number",
        "string": "text",
        "boolean": "true or false",
        "number": "number",
        "null": "null",
    }
    formats = {"date-time": "time", "date": "day", "time": "time of day"}
    return formats.get(node.get("format", ""), words.get(node.get("type", ""), "value"))
