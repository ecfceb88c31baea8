"""Checks that find errors: numbers of a count that contradict each other or the law (codes F01 to F08)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from thorbecke.kernel.messages import Message, gettext_noop

from .count import CandidateList, ElectionCount, VoteGroup, total_of
from .findings import Case, Finding


def list_totals_that_differ(group: VoteGroup, station: str | None) -> Iterator[Finding]:
    """Find lists whose candidates do not add up to the stated total (F01; Kieswet, N 6 (1) b)."""
    for number, stated in group.list_totals.items():
        summed = sum(group.votes[number])
        if summed != stated:
            text = gettext_noop(
                "The candidates of list %(list)s have %(sum)s votes together, but the total of the list says "
                "%(stated)s."
            )
            values = {"list": number, "sum": summed, "stated": stated}
            yield Finding("F01", station, Message(text, values), abs(summed - stated))


def valid_votes_that_differ(group: VoteGroup, station: str | None) -> Iterator[Finding]:
    """Find lists that do not add up to the stated number of valid votes (F02; Kieswet, N 6, P 5)."""
    summed = sum(group.list_totals.values())
    if summed != group.valid:
        text = gettext_noop("The lists have %(sum)s votes together, but the number of valid votes says %(stated)s.")
        yield Finding("F02", station, Message(text, {"sum": summed, "stated": group.valid}), abs(summed - group.valid))


STATION_SUMS = {
    "valid": gettext_noop("The polling stations have %(sum)s valid votes together, but the total says %(stated)s."),
    "blank": gettext_noop("The polling stations have %(sum)s blank votes together, but the total says %(stated)s."),
    "invalid": gettext_noop("The polling stations have %(sum)s invalid votes together, but the total says %(stated)s."),
    "admitted": gettext_noop("The polling stations let in %(sum)s voters together, but the total says %(stated)s."),
}


def totals_that_differ(count: ElectionCount, lists: Sequence[CandidateList]) -> Iterator[Finding]:
    """Find numbers of the whole that are not the sum of the stations (F03; Kieswet, N 11 (2) and (3), O 2)."""
    if not count.stations:
        return
    together = total_of((each.group for each in count.stations), lists)
    yield from _candidates_that_differ(together, count.total, lists)
    summed, stated = _sums_of(together), _sums_of(count.total)
    for name, text in STATION_SUMS.items():
        if name in summed and name in stated and summed[name] != stated[name]:
            values = {"sum": summed[name], "stated": stated[name]}
            yield Finding("F03", None, Message(text, values), abs(summed[name] - stated[name]))


def _candidates_that_differ(together: VoteGroup, total: VoteGroup, lists: Sequence[CandidateList]) -> Iterator[Finding]:
    text = gettext_noop(
        "Candidate %(candidate)s of list %(list)s has %(sum)s votes in the polling stations together, "
        "but the total says %(stated)s."
    )
    for each in lists:
        columns = zip(each.positions, together.votes[each.number], total.votes[each.number], strict=True)
        for position, summed, stated in columns:
            if summed != stated:
                values = {"candidate": position, "list": each.number, "sum": summed, "stated": stated}
                yield Finding("F03", None, Message(text, values), abs(summed - stated))


def _sums_of(group: VoteGroup) -> dict[str, int]:
    sums = {"valid": group.valid, "blank": group.blank, "invalid": group.invalid}
    return sums if group.admission is None else {**sums, "admitted": group.admission.admitted}


def admitted_voters_that_differ(case: Case) -> Iterator[Finding]:
    """Find a number of admitted voters that is not the sum of its parts (F04; Kieswet, N 1)."""
    admission = case.group.admission
    if admission is None:
        return
    summed = admission.polling_cards + admission.proxies + admission.voter_passes
    if summed != admission.admitted:
        text = gettext_noop(
            "Polling cards, proxies and voter passes are %(sum)s together, but the number of voters let in says "
            "%(stated)s."
        )
        values = {"sum": summed, "stated": admission.admitted}
        yield Finding("F04", case.place, Message(text, values), abs(summed - admission.admitted))


def difference_that_is_wrong(case: Case) -> Iterator[Finding]:
    """Find a stated difference that is not that of ballots found and voters admitted (F05; Kieswet, N 8a)."""
    admission, stated = case.group.admission, case.group.difference
    if admission is None:
        return
    found = case.group.ballots - admission.admitted
    off = max(abs(stated.more_counted - max(found, 0)), abs(stated.fewer_counted - max(-found, 0)))
    if off:
        text = gettext_noop(
            "There are %(ballots)s ballots and %(admitted)s voters let in. The record of the count says: %(more)s "
            "ballots too many and %(fewer)s too few. That does not fit."
        )
        values = {
            "ballots": case.group.ballots,
            "admitted": admission.admitted,
            "more": stated.more_counted,
            "fewer": stated.fewer_counted,
        }
        yield Finding("F05", case.place, Message(text, values), off)


def proxies_above_the_limit(case: Case) -> Iterator[Finding]:
    """Find more proxies than the voters who came could hold (F06; Kieswet, L 3 and L 4).

    A voter holds at most two proxies, and casts them together with an own vote.
    """
    admission = case.group.admission
    if admission is None:
        return
    came = admission.polling_cards + admission.voter_passes
    limit = case.thresholds.proxies_per_voter * came
    if admission.proxies > limit:
        text = gettext_noop(
            "There are %(proxies)s votes by proxy and %(came)s voters who came themselves. A voter may cast at most "
            "%(most)s proxies, so %(limit)s are possible."
        )
        values = {
            "proxies": admission.proxies,
            "came": came,
            "most": case.thresholds.proxies_per_voter,
            "limit": limit,
        }
        yield Finding("F06", case.place, Message(text, values), admission.proxies - limit)


def more_voters_than_called(count: ElectionCount) -> Iterator[Finding]:
    """Find more voters with a polling card or proxy than people called to vote (F07; Kieswet, J 7).

    Voters may choose a station, so that only the whole is judged; those with a voter pass come from elsewhere (K 1).
    """
    total = count.total
    if total.admission is None or not total.eligible:
        return
    voted = total.admission.admitted - total.admission.voter_passes
    if voted > total.eligible:
        text = gettext_noop("%(voted)s voters were let in, but only %(eligible)s people were called to vote.")
        values = {"voted": voted, "eligible": total.eligible}
        yield Finding("F07", None, Message(text, values), voted - total.eligible)


def stations_given_twice(count: ElectionCount) -> Iterator[Finding]:
    """Find a station that is counted more than once (F08; Kieswet, N 11 (2))."""
    times = Counter(each.id for each in count.stations)
    text = gettext_noop("This polling station is in the count %(times)s times.")
    for each in {each.id: each for each in count.stations}.values():
        if times[each.id] > 1:
            yield Finding("F08", each.id, Message(text, {"times": times[each.id]}), each.group.valid)
