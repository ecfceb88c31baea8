"""The rules that a count must obey by itself: candidates, lists, stations and totals add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thorbecke.kernel.errors import Place
from thorbecke.kernel.messages import Message, gettext_noop

from .count import (
    ASK_THE_SENDER,
    CandidateList,
    ElectionCount,
    ListTotalDiffers,
    MissingCandidate,
    MissingList,
    NegativeCount,
    StationsDiffer,
    StationTwice,
    UnknownList,
    ValidTotalDiffers,
    VoteGroup,
    total_of,
)

SAME_ELECTION = gettext_noop("Use the count and the candidate lists of the same election.")


def check_count(count: ElectionCount, lists: Sequence[CandidateList]) -> None:
    """Refuse a count whose sums contradict each other or its lists.

    The total of a list is the sum of its candidates, and that of the election the sum of its stations (Kieswet, N 6
    and O 2 in the edition of 2014; later editions were not at hand).
    Raises a CountError: UnknownList, MissingList, MissingCandidate, NegativeCount, ListTotalDiffers,
    ValidTotalDiffers, StationTwice or StationsDiffer. A count without stations is judged by its totals alone.
    """
    seen: set[str] = set()
    for station in count.stations:
        if station.id in seen:
            raise StationTwice(
                Message(gettext_noop("Polling station %(station)s appears twice."), {"station": station.id}),
                Message(ASK_THE_SENDER),
                Place(field=station.id),
            )
        seen.add(station.id)
        check_group(station.group, lists, Place(field=station.id))
    check_group(count.total, lists, Place(field="total"))
    if count.stations:
        _check_stations_make_total(count, lists)


def check_group(group: VoteGroup, lists: Sequence[CandidateList], place: Place) -> None:
    """Refuse one group of votes that does not fit its lists or does not add up (errors as in check_count)."""
    _check_lists_are_known(group, lists, place)
    _check_nothing_is_negative(group, place)
    for each in lists:
        votes = sum(group.votes[each.number])
        stated = group.list_totals[each.number]
        if votes != stated:
            raise ListTotalDiffers(
                Message(
                    gettext_noop("The candidates of list %(list)s have %(sum)s votes, but its total says %(stated)s."),
                    {"list": each.number, "sum": votes, "stated": stated},
                ),
                Message(ASK_THE_SENDER),
                place,
            )
    valid = sum(group.list_totals.values())
    if valid != group.valid:
        raise ValidTotalDiffers(
            Message(
                gettext_noop("The lists have %(sum)s votes together, but the total of valid votes says %(stated)s."),
                {"sum": valid, "stated": group.valid},
            ),
            Message(ASK_THE_SENDER),
            place,
        )


def _check_lists_are_known(group: VoteGroup, lists: Sequence[CandidateList], place: Place) -> None:
    numbers = {each.number for each in lists}
    for number in (*group.votes, *group.list_totals):
        if number not in numbers:
            raise UnknownList(
                Message(gettext_noop("List %(list)s does not take part in this election."), {"list": number}),
                Message(SAME_ELECTION),
                place,
            )
    for each in lists:
        if each.number not in group.votes or each.number not in group.list_totals:
            raise MissingList(
                Message(gettext_noop("List %(list)s has no votes in the count, not even 0."), {"list": each.number}),
                Message(ASK_THE_SENDER),
                place,
            )
        if len(group.votes[each.number]) != len(each.candidates):
            raise MissingCandidate(
                Message(
                    gettext_noop("List %(list)s has %(candidates)s candidates, but %(given)s numbers of votes."),
                    {
                        "list": each.number,
                        "candidates": len(each.candidates),
                        "given": len(group.votes[each.number]),
                    },
                ),
                Message(SAME_ELECTION),
                place,
            )


def _check_nothing_is_negative(group: VoteGroup, place: Place) -> None:
    for name, number in _numbers_of(group):
        if number < 0:
            raise NegativeCount(
                Message(gettext_noop("A count is below zero: %(number)s."), {"number": number}),
                Message(ASK_THE_SENDER),
                Place(place.file, place.line, f"{place.field}, {name}"),
            )


def _numbers_of(group: VoteGroup) -> Iterator[tuple[str, int]]:
    for number, votes in group.votes.items():
        yield f"list {number}", min(votes, default=0)
    yield "valid", group.valid
    yield "blank", group.blank
    yield "invalid", group.invalid
    yield "eligible", group.eligible or 0
    yield "more counted", group.difference.more_counted
    yield "fewer counted", group.difference.fewer_counted
    yield from group.difference.explanations.items()
    if group.admission is not None:
        yield "polling cards", group.admission.polling_cards
        yield "proxies", group.admission.proxies
        yield "voter passes", group.admission.voter_passes
        yield "admitted", group.admission.admitted


def _check_stations_make_total(count: ElectionCount, lists: Sequence[CandidateList]) -> None:
    total = total_of((station.group for station in count.stations), lists)
    for each in lists:
        positions = each.positions
        for position, summed, stated in zip(
            positions, total.votes[each.number], count.total.votes[each.number], strict=True
        ):
            if summed != stated:
                raise StationsDiffer(
                    Message(
                        gettext_noop(
                            "Candidate %(candidate)s of list %(list)s has %(sum)s votes in the polling stations "
                            "together, but the total says %(stated)s."
                        ),
                        {"candidate": position, "list": each.number, "sum": summed, "stated": stated},
                    ),
                    Message(ASK_THE_SENDER),
                    Place(field="total"),
                )
    if total.blank != count.total.blank:
        raise _stations_differ(BLANK_DIFFER, total.blank, count.total.blank)
    if total.invalid != count.total.invalid:
        raise _stations_differ(INVALID_DIFFER, total.invalid, count.total.invalid)


BLANK_DIFFER = gettext_noop("The polling stations have %(sum)s blank votes, but the total says %(stated)s.")
INVALID_DIFFER = gettext_noop("The polling stations have %(sum)s invalid votes, but the total says %(stated)s.")


def _stations_differ(template: str, summed: int, stated: int) -> StationsDiffer:
    return StationsDiffer(
        Message(template, {"sum": summed, "stated": stated}), Message(ASK_THE_SENDER), Place(field="total")
    )
