"""The question of a what-if as a form whose answers stand in the address of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from thorbecke.elections.domain.list_totals import PublishedTotals
from thorbecke.elections.domain.what_if_inputs import NO_THRESHOLD, QUOTA_THRESHOLD, Options, share_threshold
from thorbecke.elections.domain.what_if_rule import MOST_SEATS

from .what_if_texts import DIVISOR_NAMES, QUOTA_NAMES

SHARE = "share"
SECOND = "second"
"""Prefix of the parameters of the second way."""
PERCENTAGE = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,3}))?")
COMBINED = re.compile(r"[0-9]{1,6}(?:[+ ]+[0-9]{1,6})*")

WAYS = [
    (_("Divide by a series of numbers"), list(DIVISOR_NAMES.items())),
    (_("A price for each seat"), list(QUOTA_NAMES.items())),
]


class WhatIfForm(forms.Form):
    """One way of dividing the seats of a published result; what is not given is as in that result."""

    method = forms.ChoiceField(label=_("Way of dividing the seats"), choices=WAYS)
    seats = forms.IntegerField(label=_("Number of seats"), min_value=1, max_value=MOST_SEATS, required=False)
    threshold = forms.ChoiceField(
        label=_("Threshold"),
        choices=[
            (NO_THRESHOLD, _("No threshold")),
            (QUOTA_THRESHOLD, _("The votes for one seat (all votes divided by the seats)")),
            (SHARE, _("A percentage of the votes")),
        ],
    )
    percentage = forms.CharField(
        label=_("Percentage"),
        help_text=_("Only with a percentage as threshold. For example: 5 or 0.67."),
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}),
    )
    combined = forms.CharField(
        label=_("Lists that count as one"),
        help_text=_("List numbers with a plus between them, and a comma before the next group. Example: 1+3, 2+5."),
        max_length=200,
        required=False,
    )

    def __init__(self, totals: PublishedTotals, *args: Any, is_optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._totals = totals
        self.fields["seats"].help_text = _("From 1 to %(most)s. The council has %(seats)s.") % {
            "most": MOST_SEATS,
            "seats": totals.seats,
        }
        if is_optional:
            method = self.fields["method"]
            method.required = False
            method.choices = [("", _("No second way")), *WAYS]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def options(self) -> Options | None:
        """What is asked, of a valid form; None when it asks nothing."""
        given = self.cleaned_data
        if not given["method"]:
            return None
        return Options(given["method"], given["seats"], given["threshold"], given["combined"])

    def clean_seats(self) -> int:
        """Return the seats that the result has when no other number is given."""
        return int(self.cleaned_data["seats"] or self._totals.seats)

    def clean_percentage(self) -> Fraction | None:
        """Return the share that a percentage such as "0.67" or "0,67" is. Refuses what is not from 0 to 100."""
        text = str(self.cleaned_data["percentage"]).strip().removesuffix("%").strip()
        if not text:
            return None
        parts = PERCENTAGE.fullmatch(text)
        share = Fraction(f"{parts[1]}.{parts[2] or 0}") / 100 if parts else Fraction(2)
        if share > 1:
            raise forms.ValidationError(_("Fill in a percentage from 0 to 100, such as 5 or 0.67."))
        return share

    def clean_combined(self) -> tuple[tuple[int, ...], ...]:
        """Return the list numbers of each combination; refuses lists that are not there, alone, or there twice."""
        groups = [text.strip() for text in re.split("[,;]", self.cleaned_data["combined"]) if text.strip()]
        if not all(COMBINED.fullmatch(text) for text in groups):
            raise forms.ValidationError(_("Only use list numbers, a plus and a comma. For example: 1+3, 2+5."))
        combinations = tuple(tuple(int(number) for number in re.split("[+ ]+", text)) for text in groups)
        self._refuse_wrong_lists([number for each in combinations for number in each])
        if any(len(each) < 2 for each in combinations):
            raise forms.ValidationError(_("Each group needs two lists or more, with a plus between them."))
        return combinations

    def clean(self) -> dict[str, Any]:
        """Make one threshold of the choice and the percentage; they must not contradict each other."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen, share = cleaned.get("threshold", SHARE), cleaned.get("percentage")
        if chosen == SHARE and share is None and not {"percentage", "threshold"} & self.errors.keys():
            self.add_error("percentage", _("Fill in which percentage is the threshold."))
        elif chosen != SHARE and share is not None:
            self.add_error(
                "threshold", _("You filled in a percentage. Choose the percentage as threshold, or remove it.")
            )
        cleaned["threshold"] = share_threshold(share) if chosen == SHARE and share is not None else chosen
        return cleaned

    def _refuse_wrong_lists(self, numbers: Sequence[int]) -> None:
        known = {each.number for each in self._totals.lists}
        for number in numbers:
            if number not in known:
                raise forms.ValidationError(_("There is no list %(number)s."), params={"number": number})
            if numbers.count(number) > 1:
                raise forms.ValidationError(_("List %(number)s stands here twice."), params={"number": number})


def read_forms(query: QueryDict, totals: PublishedTotals) -> tuple[WhatIfForm, WhatIfForm]:
    """Return the forms of the first and of the second way, filled with the query and with the result for the rest."""
    first = _defaults(totals, "sainte-lague")
    second = {f"{SECOND}-{name}": value for name, value in _defaults(totals, "").items()}
    given = first | second | {name: value[:1000] for name, value in query.items() if isinstance(value, str)}
    return WhatIfForm(totals, given), WhatIfForm(totals, given, prefix=SECOND, is_optional=True)


def query_of(asked: Sequence[Options], seats: int) -> str:
    """Return the shortest query that asks this: one or two ways; `seats` are those of the result."""
    parameters: dict[str, str] = {}
    for options, prefix in zip(asked, ("", f"{SECOND}-"), strict=False):
        parameters |= {f"{prefix}{name}": value for name, value in _parameters(options, seats).items()}
    return urlencode(parameters)


def _defaults(totals: PublishedTotals, method: str) -> dict[str, str]:
    seats = str(totals.seats)
    return {"method": method, "seats": seats, "threshold": NO_THRESHOLD, "percentage": "", "combined": ""}


def _parameters(options: Options, seats: int) -> Mapping[str, str]:
    found = {"method": options.method}
    if options.seats != seats:
        found["seats"] = str(options.seats)
    if options.threshold == QUOTA_THRESHOLD:
        found["threshold"] = QUOTA_THRESHOLD
    elif options.threshold != NO_THRESHOLD:
        found |= {"threshold": SHARE, "percentage": percentage_text(options.threshold)}
    if options.combinations:
        found["combined"] = ",".join("+".join(map(str, each)) for each in options.combinations)
    return found


def percentage_text(threshold: str) -> str:
    """Return the share "67/10000" as "0.67", without a sign and in the form that every language reads."""
    thousandths = int(Fraction(threshold) * 100_000)
    whole, rest = divmod(thousandths, 1000)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")
