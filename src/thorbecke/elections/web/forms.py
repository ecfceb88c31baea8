"""Forms of officials: upload files, and record a lot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thorbecke.elections.adapters.eml import EmlFile
from thorbecke.elections.adapters.eml_reader import LARGEST_FILE
from thorbecke.elections.domain.count import CandidateList

MOST_FILES = 100
LARGEST_SEATS = 1000


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """One or more files, at most MOST_FILES; their cleaned value is a list of EmlFile."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files with their bytes. Raises ValidationError for none, too many, or one that is too large."""
        given: Sequence[UploadedFile | None] = data or [None]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(
                _("Choose at most %(most)s files."), code="too_many", params={"most": MOST_FILES}
            )
        return [self._read(super(FilesField, self).clean(each, initial)) for each in given]

    def _read(self, upload: UploadedFile) -> EmlFile:
        if (upload.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                _("%(name)s is larger than %(most)s. Choose the EML_NL file itself."),
                code="too_large",
                params={"name": upload.name, "most": filesizeformat(LARGEST_FILE)},
            )
        return EmlFile((upload.name or "")[:255], upload.read())


class UploadForm(forms.Form):
    """The files of one election, and the number of seats where no file tells it."""

    eml = FilesField(
        label=_("Files"),
        help_text=_(
            "Choose the candidate lists (230b), the count per polling station (510b) and, if you have it, the "
            "definition (110a). Are there several districts? Then choose the files of all of them: a count in 510b, "
            "510c or CSV for each. You can choose them together, in any order."
        ),
        allow_empty_file=True,
    )
    seats = forms.IntegerField(
        label=_("Number of seats"),
        help_text=_("Only needed when there is no 110a file. For example: 17."),
        min_value=1,
        max_value=LARGEST_SEATS,
        required=False,
    )


class DeathForm(forms.Form):
    """Which candidate died, or did not after all."""

    mistake = forms.BooleanField(label=_("This was recorded by mistake. The candidate did not die."), required=False)

    def __init__(self, lists: Sequence[CandidateList], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (
                f"{each.number} {each.name}",
                [
                    (f"{each.number}:{candidate.position}", f"{candidate.position} {candidate.display_name}")
                    for candidate in each.candidates
                ],
            )
            for each in lists
        ]
        self.fields["candidate"] = forms.ChoiceField(
            label=_("Which candidate died?"), choices=[("", _("Choose a candidate")), *choices]
        )
        self.order_fields(["candidate", "mistake"])

    @property
    def chosen(self) -> tuple[int, int]:
        """List number and position of the candidate."""
        number, position = str(self.cleaned_data["candidate"]).split(":")
        return int(number), int(position)


class DrawForm(forms.Form):
    """Who was chosen by a lot, in the order drawn, who drew, and who was present."""

    drawn_by = forms.CharField(label=_("Who drew the lot?"), max_length=200)
    witnesses = forms.CharField(
        label=_("Who was present?"),
        help_text=_("Names and roles of the members of the central electoral committee, and others who watched."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    drawn_at = forms.DateTimeField(
        label=_("When was it drawn?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, question: Mapping[str, Any], names: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(number), names[number]) for number in question["participants"]]
        self.choose = int(question["choose"])
        for turn in range(1, self.choose + 1):
            self.fields[f"chosen_{turn}"] = forms.ChoiceField(
                label=_("Who was drawn?")
                if self.choose == 1
                else _("Who was drawn as number %(turn)s?") % {"turn": turn},
                choices=choices,
                widget=forms.RadioSelect,
            )
        self.order_fields([*(f"chosen_{turn}" for turn in range(1, self.choose + 1)), *self.base_fields])

    @property
    def chosen(self) -> list[int]:
        """Who was chosen, in the order drawn."""
        return [int(self.cleaned_data[f"chosen_{turn}"]) for turn in range(1, self.choose + 1)]

    def clean(self) -> dict[str, Any]:
        """Refuse someone drawn twice, and a moment that is still to come."""
        cleaned: dict[str, Any] = super().clean() or {}
        drawn = [value for name, value in cleaned.items() if name.startswith("chosen_")]
        if len(set(drawn)) < len(drawn):
            self.add_error("chosen_1", _("Nobody can be drawn twice."))
        if cleaned.get("drawn_at") and cleaned["drawn_at"] > timezone.now():
            self.add_error("drawn_at", _("This moment is still to come."))
        return cleaned
