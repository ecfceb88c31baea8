"""Who is elected: candidates above the preference threshold, then list order; ranking for vacancies (P 15-P 19a)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from thorbecke.kernel.canonical_json import JsonValue

from .exact import fraction_text
from .lots import Draws, Lot, LotMustBeDrawn
from .rule import Parameters
from .standing import ListVotes
from .steps import Step


@dataclass(frozen=True, slots=True)
class ElectedOnList:
    """What one list's seats became: positions elected by preference and by list order, and the ranking (P 19)."""

    list: int
    seats: int
    by_preference: tuple[int, ...]
    by_list_order: tuple[int, ...]
    ranking: tuple[int, ...]

    @property
    def elected(self) -> tuple[int, ...]:
        """Positions in the order in which the seats were given."""
        return self.by_preference + self.by_list_order


@dataclass(frozen=True, slots=True)
class Nomination:
    """The outcome of P 15 to P 19a: complete, or up to the lot that must be drawn first."""

    threshold: Fraction
    lists: tuple[ElectedOnList, ...]
    steps: tuple[Step, ...]
    open_lot: Lot | None


@dataclass(slots=True)
class Hall:
    """Where seats are given to candidates: the threshold, the draws and the steps so far."""

    threshold: Fraction
    parameters: Parameters
    draws: Draws
    steps: list[Step]

    def record(self, name: str, article: str, **values: JsonValue) -> None:
        """Add a step; `article` is the one for councils."""
        self.steps.append(Step(name, self.parameters.cite(article), values))

    def suffices(self) -> dict[str, JsonValue]:
        """Return what steps say where as many votes as the threshold suffice (U 15 (3)); nothing elsewhere."""
        return {"suffices": True} if self.parameters.preference_threshold_suffices else {}

    def above(self, votes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return who has enough votes to be elected out of list order, most votes first, equals as they stand."""
        fewest = self.parameters.fewest_preferred_votes(self.threshold)
        return sorted((each for each in votes if each[1] >= fewest), key=lambda each: -each[1])


def open_hall(seats: int, quota: Fraction, parameters: Parameters, draws: Draws, steps: list[Step]) -> Hall:
    """Return the hall of an election of `seats`, which adds to `steps`, first the preference threshold (P 15)."""
    share = parameters.preference_share(seats)
    hall = Hall(quota * share, parameters, draws, steps)
    hall.record(
        "preference_threshold",
        "P 15",
        quota=fraction_text(quota),
        share=fraction_text(share),
        threshold=fraction_text(hall.threshold),
        **hall.suffices(),
    )
    return hall


def elect_candidates(
    *,
    seats: int,
    quota: Fraction,
    lists: Sequence[ListVotes],
    seats_per_list: Mapping[int, int],
    parameters: Parameters,
    draws: Draws | None = None,
) -> Nomination:
    """Give the seats of each list to its candidates by the Kieswet, P 15, P 17, P 19 and P 19a, for one district.

    `seats` is the size of the council. Stops at the first lot without a complete draw; the lists before it are done.
    """
    hall = open_hall(seats, quota, parameters, draws or Draws(), [])
    done: list[ElectedOnList] = []
    try:
        for each in lists:
            ranked = is_ranked(seats, seats_per_list[each.number], parameters)
            done.append(elect_on_list(hall, each, seats_per_list[each.number], ranked=ranked))
    except LotMustBeDrawn as stop:
        hall.steps.append(stop.lot.as_open_step())
        return Nomination(hall.threshold, tuple(done), tuple(hall.steps), stop.lot)
    return Nomination(hall.threshold, tuple(done), tuple(hall.steps), None)


def is_ranked(seats: int, own_seats: int, parameters: Parameters) -> bool:
    """Whether the candidates of a list or group with `own_seats` are ranked for vacancies (P 19 (5))."""
    # Lists without elected candidates are ranked in small councils only; see the rule's "choices".
    return own_seats > 0 or seats < parameters.ranking_of_lists_without_seats_below_seats


def elect_on_list(hall: Hall, votes: ListVotes, own_seats: int, *, ranked: bool) -> ElectedOnList:
    """Give the seats of a list on its own to its candidates (P 15, P 17, P 19, P 19a). Raises LotMustBeDrawn."""
    # P 19a: a candidate who died is left out of everything that follows.
    for position in sorted(votes.deceased):
        hall.record("deceased", "P 19a", list=votes.number, candidate=position)
    # P 15: only candidates with more votes than the threshold; equal numbers stand in list order.
    above = hall.above(votes.living)
    by_preference = elect_by_preference(hall, votes.number, above, own_seats)
    # P 17: the seats left, in list order.
    others = tuple(position for position, _ in votes.living if position not in by_preference)
    by_list_order = others[: own_seats - len(by_preference)]
    for index, position in enumerate(by_list_order, start=len(by_preference) + 1):
        hall.record("elected_by_list_order", "P 17", list=votes.number, seat=index, candidate=position)
    ranking = _rank(votes, by_preference, above) if ranked else tuple(position for position, _ in votes.living)
    if ranked:
        changed = ranking != votes.positions
        hall.record("ranking", "P 19", list=votes.number, candidates=ranking, changed=changed)
    return ElectedOnList(votes.number, own_seats, by_preference, by_list_order, ranking)


def elect_by_preference(hall: Hall, number: int, above: list[tuple[int, int]], own_seats: int) -> tuple[int, ...]:
    """Return the positions elected in order of votes (P 15 (1)); equal votes need a lot when seats are too few."""
    elected: list[int] = []
    while len(elected) < min(own_seats, len(above)):
        votes = above[len(elected)][1]
        tied = tuple(position for position, equal in above if equal == votes and position not in elected)
        left = own_seats - len(elected)
        if len(tied) <= left:
            _elect(hall, number, elected, tied[0], votes, tied, lot=None)
        else:
            _elect_by_lot(hall, number, elected, votes, tied, left)
    return tuple(elected)


def _elect_by_lot(hall: Hall, number: int, elected: list[int], votes: int, tied: tuple[int, ...], left: int) -> None:
    # P 15 (1), last sentence.
    lot = Lot(hall.parameters.cite("P 15"), "candidate", len(elected) + 1, tied, left, str(votes), list=number)
    lot = replace(lot, drawn=hall.draws.chosen_in(lot))
    if lot.drawn:
        hall.steps.append(lot.as_drawn_step())
    for position in lot.drawn:
        waiting = tuple(each for each in tied if each not in elected)
        _elect(hall, number, elected, position, votes, waiting, lot=lot.id)
    if len(lot.drawn) < left:
        raise LotMustBeDrawn(lot)


def _elect(
    hall: Hall,
    number: int,
    elected: list[int],
    position: int,
    votes: int,
    tied: tuple[int, ...],
    *,
    lot: str | None,
) -> None:
    elected.append(position)
    hall.record(
        "elected_by_preference",
        "P 15",
        list=number,
        seat=len(elected),
        candidate=position,
        votes=votes,
        threshold=fraction_text(hall.threshold),
        tied=tied,
        lot=lot,
        **hall.suffices(),
    )


def _rank(votes: ListVotes, by_preference: tuple[int, ...], above: list[tuple[int, int]]) -> tuple[int, ...]:
    """Return the positions in the order for vacancies.

    Elected by preference in the order of their seats (P 19 (1)), then others above the threshold by votes, equal
    votes in list order (P 19 (2)), then the rest in list order (P 19 (3)).
    """
    others_above = tuple(position for position, _ in above if position not in by_preference)
    first = by_preference + others_above
    return first + tuple(position for position, _ in votes.living if position not in first)
