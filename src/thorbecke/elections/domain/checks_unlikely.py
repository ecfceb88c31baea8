"""Checks that find what stands out: numbers that are possible but deserve a second look (W01 to W06, W09)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from thorbecke.kernel.messages import Message, gettext_noop

from .count import Admission, Difference
from .findings import Case, Finding

EXPLAINS_FEWER = frozenset(
    {
        "meegenomen stembiljetten",
        "te weinig uitgereikte stembiljetten",
        "geen briefstembiljetten",
        "kwijtgeraakte stembiljetten",
    }
)
"""Reasons in EML 510 for which there are fewer ballots than voters."""
EXPLAINS_MORE = frozenset({"te veel uitgereikte stembiljetten", "te veel briefstembiljetten"})
"""Reasons for which there are more ballots than voters."""
EXPLAINS_EITHER = "andere verklaring"


def many_blank_votes(case: Case) -> Iterator[Finding]:
    """Find a station where many of the ballots are blank (W01; Kiesraad, control protocol; Abacus W.201)."""
    group, share = case.group, case.thresholds.blank_share
    if group.blank and group.blank >= share * group.ballots:
        text = gettext_noop("%(blank)s of %(ballots)s ballots are blank. That is %(percent)s%% or more.")
        values = {"blank": group.blank, "ballots": group.ballots, "percent": _percent(share)}
        yield Finding("W01", case.place, Message(text, values), group.blank)


def many_invalid_votes(case: Case) -> Iterator[Finding]:
    """Find a station where many of the ballots are invalid (W02; Kiesraad, control protocol; Abacus W.202)."""
    group, share = case.group, case.thresholds.invalid_share
    if group.invalid and group.invalid >= share * group.ballots:
        text = gettext_noop("%(invalid)s of %(ballots)s ballots are invalid. That is %(percent)s%% or more.")
        values = {"invalid": group.invalid, "ballots": group.ballots, "percent": _percent(share)}
        yield Finding("W02", case.place, Message(text, values), group.invalid)


def large_difference(case: Case) -> Iterator[Finding]:
    """Find ballots and admitted voters that are far apart (W03; Kiesraad, control protocol of 2024; Abacus W.203).

    Either the share or the number is enough, as in the protocol; Abacus asks for both.
    """
    admission, limits = case.group.admission, case.thresholds
    apart = 0 if admission is None else abs(case.group.ballots - admission.admitted)
    if admission is None or not apart:
        return
    if apart >= limits.difference_ballots or apart >= limits.difference_share * case.group.ballots:
        text = gettext_noop(
            "There are %(ballots)s ballots, but %(admitted)s voters were let in. The difference of %(apart)s is "
            "%(percent)s%% or more, or at least %(number)s ballots."
        )
        values = {
            "ballots": case.group.ballots,
            "admitted": admission.admitted,
            "apart": apart,
            "percent": _percent(limits.difference_share),
            "number": limits.difference_ballots,
        }
        yield Finding("W03", case.place, Message(text, values), apart)


def difference_without_explanation(case: Case) -> Iterator[Finding]:
    """Find a difference that the record of the count does not explain in full (W04; Kieswet, N 8a, last sentence)."""
    admission = case.group.admission
    if admission is None:
        return
    difference = case.group.ballots - admission.admitted
    unexplained = unexplained_ballots(difference, case.group.difference)
    if unexplained:
        text = gettext_noop(
            "There are %(ballots)s ballots and %(admitted)s voters let in. The record of the count does not explain "
            "%(unexplained)s of the difference."
        )
        values = {"ballots": case.group.ballots, "admitted": admission.admitted, "unexplained": unexplained}
        yield Finding("W04", case.place, Message(text, values), unexplained)


def unexplained_ballots(difference: int, stated: Difference) -> int:
    """Return how much of a difference (ballots less voters) the reasons given leave open.

    Reasons work in one direction and may cancel out; "andere verklaring" covers either direction.
    """
    more = sum(number for reason, number in stated.explanations.items() if reason in EXPLAINS_MORE)
    fewer = sum(number for reason, number in stated.explanations.items() if reason in EXPLAINS_FEWER)
    return max(0, abs(difference - (more - fewer)) - stated.explanations.get(EXPLAINS_EITHER, 0))


def no_votes_at_all(case: Case) -> Iterator[Finding]:
    """Find a station without any ballot (W05; Kiesraad, control protocol; Abacus W.205).

    As many votes could be missing as the other stations have on average.
    """
    if case.group.ballots == 0:
        others = max(case.stations - 1, 1)
        text = gettext_noop("No vote at all was counted here. The other polling stations have %(mean)s on average.")
        mean = ceil(Fraction(case.together.ballots, others))
        yield Finding("W05", case.place, Message(text, {"mean": mean}), mean)


def lists_that_deviate(case: Case) -> Iterator[Finding]:
    """Find a list whose share is far from that in the other stations (W06; Kiesraad, control protocol).

    The protocol compares with the average of the municipality; here the station itself is left out of it, so that a
    large station does not hide behind its own weight.
    """
    here, elsewhere = case.group.valid, case.elsewhere
    if not here or not elsewhere:
        return
    for each in case.lists:
        votes = case.group.list_totals[each.number]
        others = case.together.list_totals[each.number] - votes
        apart = abs(votes * elsewhere - others * here)
        if apart >= case.thresholds.deviation_share * here * elsewhere:
            text = gettext_noop(
                "List %(list)s has %(votes)s of %(here)s votes here, and %(others)s of %(elsewhere)s in the other "
                "polling stations. Those shares are %(points)s percentage points or more apart."
            )
            values = {
                "list": each.number,
                "votes": votes,
                "here": here,
                "others": others,
                "elsewhere": elsewhere,
                "points": _percent(case.thresholds.deviation_share),
            }
            yield Finding("W06", case.place, Message(text, values), ceil(Fraction(apart, elsewhere)))


def unlikely_proxies(case: Case) -> Iterator[Finding]:
    """Find a share of votes by proxy far above that of the other stations (W09; own threshold, no source)."""
    here, together, limits = case.group.admission, case.together.admission, case.thresholds
    if here is None or together is None:
        return
    expected = _expected_proxies(here, together)
    if expected is None or here.proxies < limits.proxies_factor * expected:
        return
    surplus = ceil(here.proxies - expected)
    if surplus >= limits.proxies_surplus:
        text = gettext_noop(
            "%(proxies)s of %(admitted)s voters voted by proxy here, and %(others)s of %(elsewhere)s in the other "
            "polling stations. That is at least %(factor)s times as many."
        )
        values = {
            "proxies": here.proxies,
            "admitted": here.admitted,
            "others": together.proxies - here.proxies,
            "elsewhere": together.admitted - here.admitted,
            "factor": limits.proxies_factor,
        }
        yield Finding("W09", case.place, Message(text, values), surplus)


def _expected_proxies(here: Admission, together: Admission) -> Fraction | None:
    """Proxies if their share were that of the other stations; None where those let nobody in."""
    elsewhere = together.admitted - here.admitted
    return Fraction(here.admitted * (together.proxies - here.proxies), elsewhere) if elsewhere > 0 else None


def _percent(share: Fraction) -> int:
    """A share as whole per cent; the thresholds are whole ones."""
    return int(share * 100)
