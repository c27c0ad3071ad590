"""YAML that people write by hand: read as text, with the line of each key, and nothing that bites.

Every scalar stays text, as if it were typed into a form, so that NO is Norway and 20:00 a time;
forms make values of it. Only the parser's events are read: nothing is constructed, no tag is
obeyed, and an alias, by which a small file can stand for an enormous one, is refused.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self

import yaml
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

MAX_BYTES = 1024 * 1024
DEEPEST = 20
FEW = 12
# libyaml's parser where it is there: ten times as quick, and the same events.
PARSER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class ImportRefused(Exception):
    """Nothing was imported. `problems` are sentences, each with the path of its key."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class YamlFile:
    """What a file holds, the line of each path ("seats[2].role"), and what can't be in one."""

    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)


class Problems:
    """What is wrong with a file: sentences, each with the path of what it is about."""

    def __init__(self, lines: Mapping[str, int], said: Iterable[tuple[str, str]]) -> None:
        self.lines = lines
        self._said = dict.fromkeys(said)

    @classmethod
    def of(cls, file: YamlFile) -> Self:
        return cls(file.lines, file.problems)

    def __len__(self) -> int:
        return len(self._said)

    def say(self, path: str, sentence: str) -> None:
        self._said[path, sentence] = None

    def about(self, path: str) -> bool:
        """Tell whether something was said of this place, or of one below it."""
        return any(said == path or said.startswith((f"{path}.", f"{path}[")) for said, _ in self)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._said)

    def sentences(self) -> list[str]:
        return [f"{path}: {sentence}" if path else sentence for path, sentence in self]

    def with_lines(self) -> list[str]:
        """Return the sentences in the order of the file, each with the line of its key."""
        found = [(self.line_of(path), path, sentence) for path, sentence in self]
        return [
            f"line {line}, {path}: {sentence}" if path else sentence
            for line, path, sentence in sorted(found, key=lambda each: each[0])
        ]

    def line_of(self, path: str) -> int:
        """Return the line of a key; of one that is not there, the line of what it is missed in."""
        while path and path not in self.lines:
            cut = max(path.rfind("."), path.rfind("["))
            path = path[: max(cut, 0)]
        return self.lines.get(path, 1)


def load(path: Path, *, max_bytes: int = MAX_BYTES) -> YamlFile:
    """Read a file of keys. Raises ImportRefused for what is too large, or no YAML."""
    try:
        if path.stat().st_size > max_bytes:
            raise ImportRefused(f"{path.name} is larger than {max_bytes // 1024**2} MB.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ImportRefused(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ImportRefused(f"{path.name} is not a text file in UTF-8.") from error
    try:
        found = _Events(text).file()
    except yaml.YAMLError as error:
        raise ImportRefused(f"{path.name} is not YAML: {' '.join(str(error).split())}.") from error
    except _Impossible as error:
        raise ImportRefused(f"{path.name} can't be read: {error}.") from None
    if not (found.data and isinstance(found.data, dict)):
        raise ImportRefused(f"{path.name} holds no keys: see docs/formats.md.")
    return found


class _Impossible(Exception):
    """Reading on would do no good."""


class _Events:
    """Builds text, lists and mappings from the parser's events, and notes where each stands."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=PARSER)
        self.found = YamlFile()

    def file(self) -> YamlFile:
        next(self.events)  # the stream begins
        if isinstance(next(self.events), yaml.DocumentStartEvent):
            self.found.data = self._node(next(self.events), "", 0)
            next(self.events)  # the document ends
            if isinstance(next(self.events), yaml.DocumentStartEvent):
                raise _Impossible("“---” begins a second document in it")
        return self.found

    def _node(self, event: Any, path: str, depth: int) -> Any:
        line = event.start_mark.line + 1
        self.found.lines.setdefault(path, line)
        if isinstance(event, yaml.AliasEvent):
            self._say(path, f"“*{event.anchor}” stands for another part: write that part out.")
            return ""
        if event.tag not in {None, "!"}:
            self._say(path, f"leave the tag {event.tag} out: every value is read as text.")
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if depth == DEEPEST:
            raise _Impossible(f"line {line} is nested more than {DEEPEST} deep")
        if isinstance(event, yaml.SequenceStartEvent):
            return [
                self._node(each, f"{path}[{place}]", depth + 1)
                for place, each in enumerate(self._until(yaml.SequenceEndEvent), start=1)
            ]
        return self._mapping(path, depth)

    def _mapping(self, path: str, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for event in self._until(yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise _Impossible(f"in line {line} a key is a list, an alias or further keys")
            below = f"{path}.{event.value}".lstrip(".")
            if event.value in made:
                first = self.found.lines[below]
                self._say(below, f"this key stands twice, in lines {first} and {line}.")
            self.found.lines.setdefault(below, line)
            made[event.value] = self._node(next(self.events), below, depth + 1)
        return made

    def _until(self, end: type) -> Iterator[Any]:
        while not isinstance(event := next(self.events), end):
            yield event

    def _say(self, path: str, sentence: str) -> None:
        self.found.problems.append((path, sentence))


def hint(word: str, known: Collection[str]) -> str:
    """Return what was meant, perhaps, by a word that is not known: or else what is known."""
    near = get_close_matches(word, known, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"known are {', '.join(known)}." if 0 < len(known) <= FEW else "see docs/formats.md."


def unknown_key(key: str, known: Collection[str]) -> str:
    return f"this key is unknown; {hint(key, known)}"


def say_errors(
    problems: Problems, form: Any, path: str, *, silent: Collection[str] = frozenset()
) -> None:
    """Tell what is wrong with a form's fields, but for those of which enough has been said."""
    for name, errors in form.errors.as_data().items():
        where = path.rstrip(".") if name == NON_FIELD_ERRORS else f"{path}{name}"
        for sentence in () if name in silent else _sentences(form, name, errors):
            problems.say(where, sentence)


def _sentences(form: Any, name: str, errors: Iterable[forms.ValidationError]) -> list[str]:
    """Return what is wrong with a field; where few values are possible, with all of them."""
    formfield = form.fields.get(name)
    offered = getattr(formfield, "choices", ())
    if isinstance(formfield, forms.ModelChoiceField):
        offered = ()
    choices = [str(value) for value, _ in offered if value]
    if 0 < len(choices) <= FEW and any(error.code == "invalid_choice" for error in errors):
        return [f"write one of {', '.join(choices)}."]
    return [sentence for error in errors for sentence in error.messages]
