"""The seats left after P 6: highest averages (P 7), or largest remainders and then highest averages (P 8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from thorbecke.kernel.canonical_json import JsonValue

from .exact import fraction_text
from .lots import Draws, Lot, LotMustBeDrawn
from .rule import Parameters
from .standing import Standing
from .steps import Step

LARGEST_REMAINDER = "largest_remainder"
SINGLE_AVERAGE = "unique_highest_average"
HIGHEST_AVERAGE = "highest_average"


@dataclass(frozen=True, slots=True)
class Round:
    """The way in which the next seat is won: kind, article and the lists that compete for it."""

    kind: str
    article: str
    standings: tuple[Standing, ...]

    def value_of(self, standing: Standing) -> Fraction:
        """Return what the lists are compared by: the remainder, or the average with one seat more."""
        return standing.remainder if self.kind == LARGEST_REMAINDER else standing.average_with_one_more

    @property
    def best(self) -> Fraction:
        """The largest value among the lists that compete."""
        return max(self.value_of(each) for each in self.standings)

    @property
    def tied(self) -> tuple[int, ...]:
        """Numbers of the lists that have the largest value, in the order of the lists."""
        best = self.best
        return tuple(each.list for each in self.standings if self.value_of(each) == best)

    def compared(self) -> JsonValue:
        """Return the comparison as [[list, seats so far, value], ...], largest value first."""
        ordered = sorted(self.standings, key=lambda each: -self.value_of(each))
        return [[each.list, each.seats, fraction_text(self.value_of(each))] for each in ordered]


@dataclass(frozen=True, slots=True)
class Award:
    """A residual seat that a list won, with the value at which it came."""

    kind: str
    list: int
    value: Fraction


@dataclass(slots=True)
class Table:
    """The table at which seats are assigned: standings per list, the steps so far and the residual seats won."""

    seats: int
    quota: Fraction
    parameters: Parameters
    draws: Draws
    standings: dict[int, Standing]
    steps: list[Step] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)

    def record(self, name: str, article: str, **values: JsonValue) -> None:
        """Add a step."""
        self.steps.append(Step(name, article, values))

    def drawn(self, lot: Lot) -> Lot:
        """Return `lot` with those who were drawn so far, recorded as a step once anyone was."""
        drawn = replace(lot, drawn=self.draws.chosen_in(lot))
        if drawn.drawn:
            self.steps.append(drawn.as_drawn_step())
        return drawn


def assign_residual_seats(table: Table, *, until: int, only_with_candidates: bool) -> None:
    """Assign residual seats, numbered on from those already won, until number `until` (P 7, P 8).

    With `only_with_candidates` lists without a candidate for another seat are left out (P 10). Stops earlier when
    no list can take a seat. Raises LotMustBeDrawn when equal values need a lot that has no complete draw.
    """
    while len(table.awards) < until:
        round_ = next_round(table, only_with_candidates=only_with_candidates)
        if not round_.standings:
            return
        left = until - len(table.awards)
        if len(round_.tied) <= left:
            _give(table, round_, round_.tied[0], lot=None)
        else:
            _give_by_lot(table, round_, left, only_with_candidates=only_with_candidates)


def next_round(table: Table, *, only_with_candidates: bool) -> Round:
    """Return how the next residual seat is won, and by whom it can be."""
    able = tuple(_able(table.standings.values(), table.parameters, only_with_candidates=only_with_candidates))
    # P 7: from 19 seats, highest averages; for a council there is no condition of P 7 (2).
    if table.parameters.is_large(table.seats):
        needed = table.quota * table.parameters.average_needs_share_of_quota
        return Round(HIGHEST_AVERAGE, "P 7", tuple(each for each in able if each.votes >= needed))
    # P 8 (1) and (2): largest remainders, for lists that reach 75 % of the quota, one seat at most.
    needed = table.quota * table.parameters.remainder_needs_share_of_quota
    by_remainder = tuple(each for each in able if each.votes >= needed and each.by_remainder == 0)
    if by_remainder:
        return Round(LARGEST_REMAINDER, "P 8 (1)", by_remainder)
    # P 8 (3): highest averages, one seat at most.
    single = tuple(each for each in able if each.by_single_average == 0)
    if single:
        return Round(SINGLE_AVERAGE, "P 8 (3)", single)
    # P 8 (3) stops at one seat per list and says nothing of seats that are still left; Abacus goes on without limit.
    return Round(HIGHEST_AVERAGE, "P 8 (3)", able)


def _able(standings: Iterable[Standing], parameters: Parameters, *, only_with_candidates: bool) -> Iterable[Standing]:
    for each in standings:
        has_candidate = each.seats < each.candidates or not only_with_candidates
        if has_candidate and (each.votes > 0 or parameters.lists_without_votes_get_seats):
            yield each


def _give_by_lot(table: Table, round_: Round, left: int, *, only_with_candidates: bool) -> None:
    """Give the seats left to tied lists in the order drawn (P 7 (1) and P 8 (1), last sentences)."""
    lot = table.drawn(
        Lot(
            article=round_.article,
            kind=round_.kind,
            place=len(table.awards) + 1,
            participants=tuple(sorted(round_.tied)),
            choose=left,
            value=fraction_text(round_.best),
        )
    )
    for chosen in lot.drawn:
        now = next_round(table, only_with_candidates=only_with_candidates)
        _give(table, now, chosen, lot=lot.id)
    if len(lot.drawn) < lot.choose:
        raise LotMustBeDrawn(lot)


def _give(table: Table, round_: Round, number: int, *, lot: str | None) -> None:
    value = round_.best
    table.record(
        round_.kind,
        round_.article,
        residual_seat=len(table.awards) + 1,
        list=number,
        value=fraction_text(value),
        tied=round_.tied,
        lot=lot,
        compared=round_.compared(),
    )
    table.awards.append(Award(round_.kind, number, value))
    table.standings[number] = table.standings[number].gain(round_.kind)
