"""The texts of mails as they ship, and what an edited one may fill in.

A shipped text is one file for all languages. Who edits it is given it written out in the
language it is for, with what is filled in where it stands: no tag for translators is left.

A mail is handed rows, from which a template reaches whatever hangs on them. So an edited text
may use what the shipped one of its mail uses, word for word, and nothing else: `ready` is the
one way to a template of an edited text, and holds it to that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from inspect import unwrap
from pathlib import Path
from typing import Any

from django.apps import apps
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.template.base import (
    FilterExpression,
    Lexer,
    TextNode,
    TokenType,
    Variable,
    VariableNode,
)
from django.template.defaulttags import ForNode, IfNode
from django.templatetags.i18n import BlockTranslateNode
from django.utils.translation import gettext, ngettext, override, pgettext

LIBRARIES = {"i18n": "django.templatetags.i18n", "l10n": "django.templatetags.l10n"}
BUILTINS = ["django.templatetags.i18n", "core.templatetags.ui"]
shipped_texts = Engine(app_dirs=True, autoescape=False, builtins=BUILTINS, libraries=LIBRARIES)
_edited_texts = Engine(autoescape=False, builtins=BUILTINS, libraries=LIBRARIES)
# The same, for a preview: what the mail does not know stands marked where it would be empty.
UNKNOWN = "\N{LEFT WHITE SQUARE BRACKET}%s\N{RIGHT WHITE SQUARE BRACKET}"
_strict_texts = Engine(
    autoescape=False, builtins=BUILTINS, libraries=LIBRARIES, string_if_invalid=UNKNOWN
)
EVERYWHERE = {"base_url"}  # what every mail is handed


class TextRefused(Exception):
    """An edited text that may not be sent. Says why to whoever edits it."""


@dataclass
class Used:
    """What a text fills in, by which filters, and under which tags, as they are written."""

    values: set[str] = field(default_factory=set)
    filters: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)

    def __sub__(self, other: "Used") -> "Used":
        return Used(
            self.values - other.values, self.filters - other.filters, self.tags - other.tags
        )

    def __str__(self) -> str:
        values = [f"{{{{ {each} }}}}" for each in sorted(self.values)]
        filters = [f"|{each}" for each in sorted(self.filters)]
        tags = [f"{{% {each} %}}" for each in sorted(self.tags)]
        return ", ".join(values + filters + tags)


def ready(name: str, language: str, text: str, *, strict: bool = False) -> Template:
    """Return the template of an edited text, once it is sure that it keeps to its mail's rule."""
    try:
        template = (_strict_texts if strict else _edited_texts).from_string(text)
    except TemplateSyntaxError as error:
        raise TextRefused(f"This text can't be used: {error}.") from None
    may = allowed(name, language)
    beyond = _used(template.nodelist) - may
    if str(beyond):
        raise TextRefused(f"This mail may not use {beyond}. It may use {may}.")
    return template


def broken_by(name: str, language: str, *parts: str) -> str:
    """Say why a text may not be sent; an empty string where it may."""
    try:
        for part in parts:
            ready(name, language, part)
    except TextRefused as error:
        return str(error)
    return ""


def allowed(name: str, language: str) -> Used:
    """Return what an edited text of a mail may use: what its shipped text does."""
    whole = "\n".join(written_out(shipped()[name].read_text(), language))
    used = _used(_edited_texts.from_string(whole).nodelist)
    used.values |= EVERYWHERE
    return used


def _used(nodes: Iterable[Any]) -> Used:
    used = Used()
    for expression in _expressions(nodes, used):
        _note(expression, used)
    return used


def _expressions(nodes: Iterable[Any], used: Used) -> Iterator[Any]:
    """Walk through all that a text computes. A tag that is not known here is one it may not use."""
    for node in nodes:
        if isinstance(node, TextNode):
            continue
        if isinstance(node, VariableNode):
            yield node.filter_expression
        elif isinstance(node, IfNode):
            used.tags.add("if")
            for condition, inner in node.conditions_nodelists:
                yield from _operands(condition)
                yield from _expressions(inner, used)
        elif isinstance(node, ForNode):
            used.tags.add(f"for {', '.join(node.loopvars)} in {node.sequence}")
            yield node.sequence
            yield from _expressions(node.nodelist_loop, used)
            yield from _expressions(node.nodelist_empty, used)
        else:
            used.tags.add(node.token.contents if node.token else type(node).__name__)


def _operands(condition: Any) -> Iterator[FilterExpression]:
    """Return what an {% if %} looks at; its last branch, {% else %}, looks at nothing."""
    if condition is None:
        return
    if isinstance(value := getattr(condition, "value", None), FilterExpression):
        yield value
    for side in ("first", "second"):
        yield from _operands(getattr(condition, side, None))


def _note(expression: FilterExpression, used: Used) -> None:
    _note_value(expression.var, used)
    for function, arguments in expression.filters:
        used.filters.add(unwrap(function)._filter_name)
        for is_variable, value in arguments:
            if is_variable:
                _note_value(value, used)


def _note_value(value: Any, used: Used) -> None:
    if isinstance(value, Variable) and value.lookups is not None:
        used.values.add(".".join(value.lookups))


def shipped() -> dict[str, Path]:
    """Return the texts that ship, by name ("recruiting.offer")."""
    return {
        f"{app.label}.{path.stem}": path
        for app in apps.get_app_configs()
        for path in sorted(Path(app.path).glob(f"templates/{app.label}/mails/*.txt"))
    }


def written_out(source: str, language: str) -> tuple[str, str]:
    """Return a shipped text's subject line and body as an editor reads them in a language."""
    with override(language):
        whole = "".join(_parts(source)).strip()
    first, _newline, body = whole.partition("\n")
    return " ".join(first.removeprefix("Subject:").split()), body.strip()


def _parts(source: str) -> list[str]:
    """Return a template's source bit by bit, each translated where it was marked."""
    parts: list[str] = []
    marked: list[str] | None = None  # what stands between {% blocktranslate %} and its end
    for token in Lexer(source).tokenize():
        words = token.contents.split() if token.token_type == TokenType.BLOCK else [""]
        if words[0] == "blocktranslate":
            marked = []
        into = parts if marked is None else marked
        into.append(_as_written(token))
        if words[0] == "endblocktranslate" and marked is not None:
            parts.append(_translated("".join(marked)))
            marked = None
    return parts


def _as_written(token: Any) -> str:
    if token.token_type == TokenType.TEXT:
        return str(token.contents)
    if token.token_type == TokenType.VAR:
        return f"{{{{ {token.contents} }}}}"
    if token.contents.startswith("load "):
        return ""  # every text has it built in
    if token.contents.startswith("translate "):
        return gettext(token.contents.removeprefix("translate ").strip("\"'"))
    return f"{{% {token.contents} %}}"


def _translated(marked: str) -> str:
    """Return a marked passage in the language, with each variable as what it was bound to."""
    node: Any = _edited_texts.from_string(marked).nodelist[0]
    if not isinstance(node, BlockTranslateNode):
        raise TypeError(marked)
    one, names = node.render_token_list(node.singular)
    bound = {name: value.token for name, value in node.extra_context.items()}
    if not node.plural:
        return _filled(_known(one, node), names, bound)
    many, more = node.render_token_list(node.plural)
    counter, counted = str(node.countervar), node.counter
    bound[counter] = counted.token if counted else counter
    forms = [ngettext(one, many, 1), ngettext(one, many, 2)]
    singular, plural = (_filled(form, [*names, *more], bound) for form in forms)
    return f"{{% if {bound[counter]} == 1 %}}{singular}{{% else %}}{plural}{{% endif %}}"


def _known(text: str, node: BlockTranslateNode) -> str:
    if node.message_context:
        return pgettext(node.message_context.resolve(Context()), text)
    return gettext(text)


def _filled(text: str, names: list[str], bound: dict[str, str]) -> str:
    places = {name: f"{{{{ {bound.get(name, name)} }}}}" for name in names}
    return text % places if places else text.replace("%%", "%")
