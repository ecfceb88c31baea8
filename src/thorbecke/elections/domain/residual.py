"""The seats left after the whole ones: one round after the other, by remainder or average (P 7, P 8, P 12, P 13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import takewhile
from math import lcm

from thorbecke.kernel.canonical_json import JsonValue

from .exact import fraction_text
from .lots import Draws, Lot, LotMustBeDrawn
from .method import Method
from .rule import Parameters
from .standing import Standing
from .steps import Step

LARGEST_REMAINDER = "largest_remainder"
SINGLE_AVERAGE = "unique_highest_average"
HIGHEST_AVERAGE = "highest_average"


@dataclass(frozen=True, slots=True)
class Round:
    """The way in which the next seat is won: kind, article, and each list that competes with its value.

    The value is what lists are compared by: the remainder, or the average with one seat more. The largest comes first,
    equals in the order of the lists.
    """

    kind: str
    article: str
    values: tuple[tuple[Standing, Fraction], ...]

    @property
    def best(self) -> Fraction:
        """The largest value among the lists that compete."""
        return self.values[0][1]

    @property
    def tied(self) -> tuple[int, ...]:
        """Numbers of the lists that have the largest value, in the order of the lists."""
        best = self.best
        return tuple(each.list for each, _ in takewhile(lambda pair: pair[1] == best, self.values))

    def needs_lot(self, left: int) -> bool:
        """Whether the lists that are equally large cannot all have a seat of those `left`, or would want them all."""
        equals = len(self.tied)
        return equals > left or (equals > 1 and not self.best and self.kind == HIGHEST_AVERAGE)

    def compared(self) -> JsonValue:
        """Return the comparison as [[list, seats so far, value], ...], largest value first."""
        return [[each.list, each.seats, fraction_text(value)] for each, value in self.values]


def _largest_first(values: Sequence[tuple[Standing, Fraction]]) -> tuple[tuple[Standing, Fraction], ...]:
    # Brought to one denominator, fractions are compared as whole numbers: as exact, and several times faster.
    common = lcm(*(value.denominator for _, value in values))
    return tuple(sorted(values, key=lambda pair: pair[1].numerator * (common // pair[1].denominator), reverse=True))


@dataclass(frozen=True, slots=True)
class Award:
    """A residual seat that a list won: the value at which it came, and the lot that decided, if any."""

    kind: str
    list: int
    value: Fraction
    lot: str | None = None


@dataclass(slots=True)
class Table:
    """The table at which seats are assigned: standings per list, the steps so far and the residual seats won.

    `group` is the number of the group whose seats are divided over its lists; None where seats are divided over all
    lists and groups.
    """

    seats: int
    quota: Fraction
    parameters: Parameters
    method: Method
    draws: Draws
    standings: dict[int, Standing]
    group: int | None = None
    steps: list[Step] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)

    def record(self, name: str, article: str, **values: JsonValue) -> None:
        """Add a step; one about lists of a group names the group."""
        about = {} if self.group is None else {"group": self.group}
        self.steps.append(Step(name, article, about | values))

    def drawn(self, lot: Lot) -> Lot:
        """Return `lot` with those who were drawn so far, recorded as a step once anyone was."""
        asked = replace(lot, group=self.group)
        drawn = replace(asked, drawn=self.draws.chosen_in(asked))
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
        if not round_.values:
            return
        left = until - len(table.awards)
        if round_.needs_lot(left):
            # Lists without votes stay equal after a seat, so that each of their seats is a lot of its own.
            choose = left if round_.best else 1
            _give_by_lot(table, round_, choose, only_with_candidates=only_with_candidates)
        else:
            _give(table, round_, round_.tied[0], lot=None)


def next_round(table: Table, *, only_with_candidates: bool) -> Round:
    """Return how the next residual seat is won, and by whom it can be."""
    able = _able(table.standings.values(), table.method, only_with_candidates=only_with_candidates)
    return round_among(tuple(able), table.method)


def round_among(able: Sequence[Standing], method: Method) -> Round:
    """Return how the next seat is won when only the lists `able` take part."""
    if method.remainder_needs is not None:
        by_remainder = [each for each in able if each.by_remainder == 0 and each.votes >= method.remainder_needs]
        if by_remainder:
            remainders = [(each, each.remainder) for each in by_remainder]
            return Round(LARGEST_REMAINDER, method.remainder_article, _largest_first(remainders))
    single = [each for each in able if each.by_single_average == 0] if method.single_average else []
    kind = SINGLE_AVERAGE if single else HIGHEST_AVERAGE
    averages = [(each, each.average_with_one_more) for each in single or able if each.votes >= method.average_needs]
    return Round(kind, method.average_article, _largest_first(averages))


def _able(standings: Iterable[Standing], method: Method, *, only_with_candidates: bool) -> Iterable[Standing]:
    for each in standings:
        has_candidate = each.seats < each.candidates or not only_with_candidates
        if has_candidate and (each.votes > 0 or method.without_votes):
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
    value, tied = round_.best, round_.tied
    table.record(
        round_.kind,
        round_.article,
        residual_seat=len(table.awards) + 1,
        list=number,
        value=fraction_text(value),
        tied=tied,
        lot=lot,
        compared=round_.compared(),
    )
    table.awards.append(Award(round_.kind, number, value, lot))
    table.standings[number] = table.standings[number].gain(round_.kind)
