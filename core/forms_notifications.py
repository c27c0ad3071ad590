"""How a person wants to be told: one row of choices for each kind, and their hours."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import notifications
from core.models import Channel, NotificationSettings, User
from core.places import TimeZoneField

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class NotificationForm(forms.Form):
    time_zone = TimeZoneField(
        label=_("Time zone"), help_text=_("The hours below are those of this place.")
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Mail that falls into quiet hours waits until they end."),
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    digest_hour = forms.TypedChoiceField(label=_("Daily mail at"), choices=HOURS, coerce=int)

    def __init__(self, user: User, data: Any = None) -> None:
        self.user = user
        self.settings = notifications.settings_of(user)
        self.kinds = notifications.kinds_for(user)
        chosen = notifications.channels_of(user)
        names = ["time_zone", "quiet_from", "quiet_until", "digest_hour"]
        initial: dict[str, Any] = {name: getattr(self.settings, name) for name in names}
        super().__init__(data, initial=initial)
        for kind in self.kinds:
            self.fields[f"kind:{kind.name}"] = forms.ChoiceField(
                label=str(kind.label),
                choices=Channel.choices,
                initial=chosen[kind.name],
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if (values.get("quiet_from") is None) != (values.get("quiet_until") is None):
            missing = "quiet_until" if values.get("quiet_from") else "quiet_from"
            if missing not in self.errors:
                self.add_error(missing, _("Quiet hours need a beginning and an end."))
        return values

    def hour_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("time_zone", "digest_hour", "quiet_from", "quiet_until")]

    def kind_rows(self) -> list[tuple[forms.BoundField, list[Any]]]:
        """Return each kind with its four buttons: a row of the table."""
        bound = [self[f"kind:{kind.name}"] for kind in self.kinds]
        return [(field, list(field)) for field in bound]

    def channel_labels(self) -> list[Any]:
        return [label for _value, label in Channel.choices]

    def channels(self) -> dict[str, str]:
        return {kind.name: self.cleaned_data[f"kind:{kind.name}"] for kind in self.kinds}

    def hours(self) -> NotificationSettings:
        for name in ("time_zone", "quiet_from", "quiet_until", "digest_hour"):
            setattr(self.settings, name, self.cleaned_data[name])
        return self.settings
