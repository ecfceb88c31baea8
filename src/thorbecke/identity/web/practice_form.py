"""The form on which a visitor of the development eID chooses level and capacity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thorbecke.identity.domain.practice import PracticePerson
from thorbecke.identity.operations.practice import Choice
from thorbecke.kernel.access import AssuranceLevel

from .level_names import level_name

MYSELF = "self"


class ChoiceForm(forms.Form):
    """At which level, and for whom, a fictitious person logs in."""

    level = forms.TypedChoiceField(
        label=_("How sure must the login be?"),
        coerce=lambda value: AssuranceLevel(int(value)),
        widget=forms.RadioSelect,
    )
    company = forms.ChoiceField(label=_("For whom do you log in?"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, person: PracticePerson, wanted: AssuranceLevel, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.person = person
        level, company = self.fields["level"], self.fields["company"]
        level.choices = [(int(one), level_name(one)) for one in person.levels]  # type: ignore[attr-defined]  # a ChoiceField
        level.initial = int(min(max(wanted, AssuranceLevel.LOW), person.highest))
        company.choices = [(MYSELF, _("For myself")), *((one.kvk, one.name) for one in person.companies)]  # type: ignore[attr-defined]  # a ChoiceField
        company.initial = MYSELF
        if not person.companies:
            del self.fields["company"]

    @property
    def choice(self) -> Choice:
        """The choice of a valid form."""
        kvk = self.cleaned_data.get("company", "")
        company = next((one for one in self.person.companies if one.kvk == kvk), None)
        return Choice(self.person, self.cleaned_data["level"], company)
