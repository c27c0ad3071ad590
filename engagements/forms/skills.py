"""Skills of a line of business, as a person types them and as a YAML file holds them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagements.esco import COMMAND, fold, is_imported, uris_of

KINDS = ("hard", "soft")
LEVELS = ("basic", "good", "excellent")
# By what a skill shows itself; other words are taken as they are.
EVIDENCE = ("question", "document", "test", "interview", "reference")
KEYS = ("name", "kind", "level", "evidence")
LONGEST_NAME, LONGEST_EVIDENCE, MOST = 300, 100, 50
SKILLS_HELP = _(
    "A line each, as in: Typing; hard; good; typing test. Kinds are hard and soft; levels basic, "
    "good and excellent. Last stands what shows it: question, document, test, interview, "
    "reference, or your own words."
)

Skill = dict[str, str]


class SkillsField(forms.CharField):
    """Skills as lines "Typing; hard; good; typing test", or as a list of mappings with such keys.

    A skill that ESCO knows by its name gets ESCO's URI, whoever typed it and wherever.
    """

    widget = forms.Textarea(attrs={"rows": 4})
    command = COMMAND
    for_staff = False  # who is told how to import ESCO where it is not there

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"template_name": "engagements/_skills_field.html", **kwargs})

    @property
    def is_searchable(self) -> bool:
        return is_imported()

    def to_python(self, value: Any) -> Any:
        rows = value if isinstance(value, list) else str(value or "").splitlines()
        found = [self._skill(row) for row in rows if not isinstance(row, str) or row.strip()]
        if len(found) > MOST:
            raise forms.ValidationError(
                _("%(count)s skills are too many for one line: name the %(most)s that matter."),
                params={"count": len(found), "most": MOST},
            )
        names = [fold(skill["name"]) for skill in found]
        for skill, name in zip(found, names, strict=True):
            if names.count(name) > 1:
                raise forms.ValidationError(
                    _("%(name)s stands there twice."), params={"name": skill["name"]}
                )
        known = uris_of(names) if names else {}
        return [{**skill, "uri": known.get(fold(skill["name"]), "")} for skill in found]

    def _skill(self, row: Any) -> Skill:
        name, kind, level, evidence = self._parts(row)
        if not name:
            raise forms.ValidationError(_("A skill needs a name."))
        for text, longest in ((name, LONGEST_NAME), (evidence, LONGEST_EVIDENCE)):
            if len(text) > longest:
                raise forms.ValidationError(
                    _("“%(text)s…” is longer than %(longest)s letters."),
                    params={"text": text[:30], "longest": longest},
                )
        what = gettext("The kind of %(name)s"), gettext("The level of %(name)s")
        return {
            "name": name,
            "kind": self._one_of(KINDS, kind or "hard", what[0] % {"name": name}),
            "level": self._one_of(LEVELS, level or "good", what[1] % {"name": name}),
            "evidence": evidence,
        }

    def _parts(self, row: Any) -> list[str]:
        if isinstance(row, Mapping):
            # What was stored has its URI, which is looked up anew.
            if unknown := set(row) - {*KEYS, "uri"}:
                raise forms.ValidationError(
                    _("A skill has no %(keys)s."), params={"keys": ", ".join(sorted(unknown))}
                )
            return [" ".join(str(row.get(key, "")).split()) for key in KEYS]
        parts = [" ".join(part.split()) for part in str(row).split(";")]
        if any(parts[len(KEYS) :]):
            raise forms.ValidationError(
                _("“%(line)s” has more than a name, a kind, a level and its evidence."),
                params={"line": str(row).strip()},
            )
        return [*parts, "", "", ""][: len(KEYS)]

    def _one_of(self, known: tuple[str, ...], value: str, what: str) -> str:
        if value.lower() not in known:
            words = {"what": what, "known": gettext(" or ").join(known), "value": value}
            raise forms.ValidationError(_("%(what)s is %(known)s, not “%(value)s”."), params=words)
        return value.lower()

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return value
        return "\n".join(map(_line, value))


class SkillsForm(forms.Form):
    """The skills that have been typed so far, by themselves: one is added to them."""

    skills = SkillsField(required=False, help_text=SKILLS_HELP)

    def with_one(self, line: str) -> str:
        """Return the text with one more line, unless it has that skill already."""
        text = str(self.data.get("skills", "")).rstrip()
        names = [fold(each.split(";")[0]) for each in text.splitlines()]
        return (
            text
            if fold(line.split(";", maxsplit=1)[0]) in names
            else f"{text}\n{line}".lstrip("\n")
        )


def _line(row: Skill) -> str:
    parts = [str(row.get(key, "")) for key in KEYS]
    while parts and not parts[-1]:
        parts.pop()
    return "; ".join(parts)
