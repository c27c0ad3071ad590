from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import ngettext

from engagements.policies import SPAN
from planning.rules import EXTRA_ROLE, SETTINGS, Advice, Recommendation
from planning.structure import FUNCTIONAL

SUGGESTED = ("kind", "teams_by", "channels", "share_roles")
WHY_SPAN = "about eight for a lead is usual practice; ICMI 2019: no standard, 10-14 are usual"


class PlanForm(forms.Form):
    """How a plan is to be built. It begins with what the rules suggest, and says why.

    Whoever chooses otherwise says the reason: plan and reason stay together.
    """

    kind = forms.ChoiceField(label=SETTINGS["kind"].label)
    teams_by = forms.ChoiceField(label=SETTINGS["teams_by"].label)
    channels = forms.ChoiceField(label=SETTINGS["channels"].label)
    share_roles = forms.ChoiceField(label=SETTINGS["share_roles"].label)
    extra_roles = forms.MultipleChoiceField(
        label="Roles besides",
        required=False,
        choices=[*SETTINGS[EXTRA_ROLE].suggestions.items()],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choice"}),
    )
    target_span = forms.IntegerField(label="Agents for a lead", min_value=2, max_value=30)
    seats_by = forms.ChoiceField(
        label="Seats hold",
        choices=[("peak", "the busiest half-hour"), ("week", "all hours of the week")],
        initial="peak",
        widget=forms.RadioSelect(attrs={"class": "choice"}),
        help_text="A service open for longer than people work needs more than its busiest moment.",
    )
    part_time = forms.BooleanField(
        required=False,
        label="Allow half-time seats",
        help_text="Where a week's hours take half a person less than there are seats.",
    )
    reason = forms.CharField(
        label="Why otherwise than suggested",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where anything differs from what is suggested; the plan keeps it.",
    )

    def __init__(
        self, recommended: Recommendation, *args: Any, wish: str = "", **kwargs: Any
    ) -> None:
        """Take the suggestions, and in words the structure that the client wishes for."""
        super().__init__(*args, **kwargs)
        self.recommended = recommended
        for name in SUGGESTED:
            field, advice = self.fields[name], recommended[name]
            field.choices = [*advice.setting.suggestions.items()]  # type: ignore[attr-defined]
            field.initial, field.help_text = advice.suggestion, _why(advice)
        extra = self.fields["extra_roles"]
        extra.initial = [each.suggestion for each in recommended.extra_roles]
        extra.help_text = " ".join(map(_why, recommended.extra_roles)) or "No rule asks for one."
        if wish:
            self.fields["kind"].help_text += f" The client wishes: {wish}."
        span = self.fields["target_span"]
        span.initial, span.help_text = SPAN.value(), f"{SPAN.value()}: {WHY_SPAN}."

    @property
    def beside(self) -> list[Advice]:
        """Return what is suggested and not decided here: of the lines, and of the sites."""
        return [self.recommended["tiers"], self.recommended["follow_sun"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        differing = [label for _, label, usual, chosen in self._choices() if usual != chosen]
        if differing and not data.get("reason", "").strip() and "reason" not in self.errors:
            words = ngettext(
                "Say why this is otherwise than suggested: {}.",
                "Say why these are otherwise than suggested: {}.",
                len(differing),
            )
            self.add_error("reason", words.format(", ".join(differing)))
        return data

    def _choices(self) -> Iterator[tuple[str, str, Any, Any]]:
        """Yield name, label, suggestion and choice of what is decided by suggestion."""
        suggested: dict[str, Any] = {name: self.recommended[name].suggestion for name in SUGGESTED}
        suggested["extra_roles"] = sorted(self.fields["extra_roles"].initial, key=FUNCTIONAL.index)
        for name, usual in {**suggested, "target_span": SPAN.value()}.items():
            if name in self.cleaned_data:
                chosen = self.cleaned_data[name]
                if name == "extra_roles":
                    chosen = sorted(chosen, key=FUNCTIONAL.index)
                yield name, str(self.fields[name].label), usual, chosen

    def decisions(self) -> list[dict[str, Any]]:
        """Return for each setting what was suggested and why, what was chosen, and why otherwise.

        In words as well: an old plan says what it said, whatever becomes of rules and settings.
        """
        return [
            {
                "setting": name,
                "label": label,
                "recommended": usual,
                "chosen": chosen,
                "recommended_words": self._words(name, usual),
                "chosen_words": self._words(name, chosen),
                **self._causes(name),
                "reason": self.cleaned_data["reason"] if usual != chosen else "",
            }
            for name, label, usual, chosen in self._choices()
        ]

    def _words(self, name: str, value: Any) -> str:
        if name == "extra_roles":
            return ", ".join(SETTINGS[EXTRA_ROLE].suggestions[role] for role in value) or "none"
        return SETTINGS[name].suggestions[value] if name in SETTINGS else str(value)

    def _causes(self, name: str) -> dict[str, list[str]]:
        if name == "extra_roles":
            roles = self.recommended.extra_roles
            return {"causes": [line for each in roles for line in each.lines], "overruled": []}
        if name not in SETTINGS:
            return {"causes": [WHY_SPAN], "overruled": []}
        advice = self.recommended[name]
        return {
            "causes": list(advice.lines),
            "overruled": [cause.sentence for cause in advice.overruled],
        }

    def settings(self) -> dict[str, Any]:
        """Return what of a `Wish` this form says, with all that was decided."""
        names = ("kind", "teams_by", "channels", "seats_by", "target_span", "part_time")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "share_roles": self.cleaned_data["share_roles"] == "yes",
            "extra_roles": tuple(self.cleaned_data["extra_roles"]),
            "decisions": tuple(self.decisions()),
        }


def _why(advice: Advice) -> str:
    """Say in a line what is suggested because of what, and what was overruled."""
    overruled = [f"Overruled: {cause.sentence}" for cause in advice.overruled]
    return " ".join(f"{line}." for line in [*advice.lines, *overruled])
