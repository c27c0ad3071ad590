"""The form that takes files of people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import files
from core.models import Actor
from recruiting.models import Requisition

ENDINGS = (".csv", ".json")
MOST_FILES = 10


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class PeopleFilesField(forms.FileField):
    """One or more files; the value is a list of (name, bytes)."""

    widget = _Several
    default_error_messages = {
        "ending": _("%(name)s is neither .csv nor .json: those are what is read here."),
        "large": _("%(name)s is larger than %(size)s MB: divide it."),
        "many": _("At most %(most)s files at once."),
    }

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(data) > MOST_FILES:
            self._refuse("many", most=MOST_FILES)
        return [self._one(upload) for upload in data]

    def _one(self, upload: Any) -> tuple[str, bytes]:
        upload = super().clean(upload)
        name = str(upload.name)
        if not name.lower().endswith(ENDINGS):
            self._refuse("ending", name=name)
        if upload.size > files.limit():
            self._refuse("large", name=name, size=files.megabytes())
        return name, upload.read()

    def _refuse(self, code: str, **params: Any) -> None:
        raise forms.ValidationError(self.error_messages[code], code=code, params=params)


class ImportForm(forms.Form):
    uploads = PeopleFilesField(
        label=_("Files"),
        help_text=_("CSV with a header, or JSON Resume and FRESH, up to 10 at once."),
    )
    requisition = forms.ModelChoiceField(
        Requisition.objects.none(),
        required=False,
        label=_("Consider for"),
        help_text=_("Everybody new is considered for it, without having applied."),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requisition"].queryset = Requisition.objects.visible_to(actor).open()  # type: ignore[attr-defined]
