"""Lots: which one is open, who takes part, and the draws that were supplied; nothing is ever decided by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thorbecke.kernel.canonical_json import JsonObject, JsonValue, sha256_of
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .inputs import Draw
from .steps import Step


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot that the law asks for (drawn in public session, P 14).

    `kind` is "largest_remainder", "unique_highest_average", "highest_average", "absolute_majority" (who loses a seat)
    "candidate", or one of those about a group's lists (see `group_division.py`); `participants` are list numbers, or
    positions on `list`, or with `group` the numbers of lists of that group; `value` is what they have equally: an
    exact fraction or a number of votes, as text; `place` is the first seat that hangs on it.
    """

    article: str
    kind: str
    place: int
    participants: tuple[int, ...]
    choose: int
    value: str
    list: int | None = None
    drawn: tuple[int, ...] = ()
    group: int | None = None

    @property
    def id(self) -> str:
        """Name of the lot: the same for the same question, another when votes or participants change."""
        question: dict[str, JsonValue] = {
            "article": self.article,
            "kind": self.kind,
            "place": self.place,
            "participants": self.participants,
            "choose": self.choose,
            "value": self.value,
            "list": self.list,
            **self._about_group(),
        }
        among = "lists" if self.list is None else f"list-{self.list}"
        among = among if self.group is None else f"group-{self.group}"
        return f"{self.article.replace(' ', '')}.{self.kind}.{among}.{self.place}.{sha256_of(question)[:12]}"

    def as_json(self) -> JsonObject:
        """Return the open lot as the result shows it."""
        return {
            "id": self.id,
            "article": self.article,
            "kind": self.kind,
            "list": self.list,
            "place": self.place,
            "value": self.value,
            "participants": list(self.participants),
            "choose": self.choose,
            "drawn": list(self.drawn),
            **self._about_group(),
        }

    def as_open_step(self) -> Step:
        """Return the step that says that the computation stops here."""
        return Step("lot_open", self.article, self._values() | {"drawn": self.drawn})

    def as_drawn_step(self) -> Step:
        """Return the step that says who was drawn."""
        return Step("lot_drawn", self.article, self._values() | {"chosen": self.drawn})

    def _values(self) -> dict[str, JsonValue]:
        return {
            "lot": self.id,
            "kind": self.kind,
            "list": self.list,
            "value": self.value,
            "choose": self.choose,
            "participants": self.participants,
            **self._about_group(),
        }

    def _about_group(self) -> dict[str, JsonValue]:
        return {} if self.group is None else {"group": self.group}


class LotMustBeDrawn(Exception):
    """Stops a computation at a lot that has no complete draw; caught where the partial result is returned."""

    def __init__(self, lot: Lot) -> None:
        super().__init__(lot.id)
        self.lot = lot


class DrawRefused(BadInput):
    """A supplied draw does not fit the lot that it names, or names no lot of this computation."""


class Draws:
    """The draws that were supplied, handed out by lot; remembers which of them were used."""

    def __init__(self, draws: Sequence[Draw] = ()) -> None:
        self._by_lot: dict[str, tuple[int, ...]] = {}
        self._used: set[str] = set()
        for draw in draws:
            if draw.lot in self._by_lot:
                raise _refusal(draw.lot, gettext_noop("Lot %(lot)s has two draws."))
            self._by_lot[draw.lot] = draw.chosen

    def chosen_in(self, lot: Lot) -> tuple[int, ...]:
        """Return who was drawn, in the order drawn: everyone chosen, fewer, or nobody when there is no draw.

        Raises DrawRefused for someone who does not take part, is drawn twice, or is one too many.
        """
        chosen = self._by_lot.get(lot.id, ())
        self._used.add(lot.id)
        if any(each not in lot.participants for each in chosen):
            raise _refusal(lot.id, gettext_noop("The draw for lot %(lot)s names someone who does not take part."))
        if len(set(chosen)) < len(chosen):
            raise _refusal(lot.id, gettext_noop("The draw for lot %(lot)s names someone twice."))
        if len(chosen) > lot.choose:
            raise _refusal(lot.id, gettext_noop("The draw for lot %(lot)s names more than are to be chosen."))
        return chosen

    def refuse_unused(self) -> None:
        """Raise DrawRefused when a draw names a lot that the computation did not meet."""
        for lot in self._by_lot:
            if lot not in self._used:
                raise _refusal(lot, gettext_noop("Lot %(lot)s does not occur in this result."))


def _refusal(lot: str, template: str) -> DrawRefused:
    return DrawRefused(
        Message(template, {"lot": lot}),
        Message(gettext_noop("Draw the lot that the result names, and record who was chosen in the order drawn.")),
        Place(field="draws"),
    )
