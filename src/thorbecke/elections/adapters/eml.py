"""Puts the files of one election together: recognised by content, in any order, checked against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from thorbecke.elections.domain.count import CandidateList, Election, StationCount
from thorbecke.elections.domain.districts import ONLY_DISTRICT, CountedDistrict
from thorbecke.elections.domain.inputs import WHOLE_COUNT, SourceFile
from thorbecke.elections.domain.published import OSV, PACKAGE, format_of
from thorbecke.elections.domain.recompute import RULE_OF
from thorbecke.kernel.errors import BadInput
from thorbecke.kernel.messages import Message, gettext_noop

from .csv_osv import OsvHeading, is_osv_csv
from .eml_110a import Definition, read_definition
from .eml_230 import read_all_ballots
from .eml_districts import ONE_ELECTION, TWO_FILES, CountFile, ReadDistrict, count_districts, problem_in
from .eml_identity import Identity
from .eml_reader import SEND_THESE_FORMS, EmlFile, Form, form_of
from .eml_seats import CHECK_SEATS, OTHER_SEATS, settle_seats
from .plain_reader import is_package, read_package

__all__ = ["COUNCIL", "OTHER_BODY", "EmlFile", "ReceivedElection", "RecognisedFile", "read_election"]

DEFINITION, BALLOTS, COUNTS = "110a", ("230b", "230c"), ("510b", "510c", "510d", OSV)
USED_FORMS: tuple[Form, ...] = ("110a", "230b", "230c", "510b", "510c", "510d")

COMPUTED = frozenset(RULE_OF) - {"EK"}
"""Categories that can be imported; of the Senate no file tells the vote values (Kieswet, U 2)."""

WHOLE_COUNTRY = frozenset({"TK", "EP"})


OTHER_BODY = gettext_noop("This is an election of category %(category)s.")


COUNCIL = "GR"
"""ElectionCategory of a municipal council."""

OTHER_BODY = gettext_noop("This is an election of category %(category)s.")
KNOWN_BODIES = gettext_noop("These categories can be computed: %(known)s.")


@dataclass(frozen=True, slots=True)
class RecognisedFile:
    """A file as received, and the form that it holds: one of EML_NL, "OSV4-3" or "package"."""

    file: EmlFile
    form: str

    @property
    def source(self) -> SourceFile:
        """The file as the inputs of an outcome name it."""
        return SourceFile(format_of(self.form), self.file.sha256)


@dataclass(frozen=True, slots=True)
class ReceivedElection:
    """One election as its files give it; `files` in the order of their forms, `left_out` the districts not counted."""

    election: Election
    lists: tuple[CandidateList, ...]
    districts: tuple[CountedDistrict, ...]
    stations: tuple[StationCount, ...]
    files: tuple[RecognisedFile, ...]
    left_out: tuple[str, ...] = ()


def read_election(files: Sequence[EmlFile], seats: int | None = None, left_out: Iterable[int] = ()) -> ReceivedElection:
    """Read the files of one election: the candidates and the count of every district and, unless known, a 110a.

    The candidates stand in 230b or 230c, or in the CSV of the count; the count in 510b, 510c, 510d or CSV. Districts
    by the numbers in `left_out` are not counted, and have no files. Raises BadInput when a file is wrong, missing,
    given twice or of another election, and when `seats` contradicts the 110a. A package of tables holds one council by
    itself.
    """
    if any(is_package(file) for file in files):
        return _read_tables(files, seats)
    recognised = sorted((_recognise(file) for file in files), key=lambda each: each.form)
    by_form = _by_form(recognised)
    definition = read_definition(_only(by_form, DEFINITION)) if DEFINITION in by_form else None
    ballots = [
        ReadDistrict(file, form, ballot.identity, district)
        for form in BALLOTS
        for file in by_form.get(form, ())
        for ballot in [read_all_ballots(file)]
        for district in ballot.districts
    ]
    counts = [CountFile(file, form) for form in COUNTS for file in by_form.get(form, ())]
    identity = _identity(definition, by_form, ballots, counts)
    counted = count_districts(identity, definition, ballots, counts, frozenset(left_out))
    return ReceivedElection(
        election=_election(identity, settle_seats(definition, seats, identity)),
        lists=counted.lists,
        districts=counted.districts,
        stations=counted.stations,
        files=tuple(recognised),
        left_out=counted.left_out,
    )


def _read_tables(files: Sequence[EmlFile], seats: int | None) -> ReceivedElection:
    package = read_package(files)
    election, described = package.election, package.files[0]
    if election.category != COUNCIL:
        raise problem_in(described, OTHER_BODY, KNOWN_BODIES, category=election.category[:10], known=COUNCIL)
    if seats is not None and seats != election.seats:
        raise problem_in(described, OTHER_SEATS, CHECK_SEATS, stated=election.seats, given=seats)
    district = CountedDistrict(ONLY_DISTRICT, "", package.lists, package.count.total)
    return ReceivedElection(
        election=election,
        lists=package.lists,
        districts=(district,),
        stations=package.count.stations or (StationCount(WHOLE_COUNT, "", package.count.total),),
        files=tuple(RecognisedFile(file, PACKAGE) for file in package.files),
    )


def _recognise(file: EmlFile) -> RecognisedFile:
    return RecognisedFile(file, OSV if is_osv_csv(file) else form_of(file, USED_FORMS))


def _by_form(recognised: Sequence[RecognisedFile]) -> dict[str, list[EmlFile]]:
    by_form: dict[str, list[EmlFile]] = {}
    for each in recognised:
        by_form.setdefault(each.form, []).append(each.file)
    return by_form


def _only(by_form: Mapping[str, Sequence[EmlFile]], form: str) -> EmlFile:
    first, *others = by_form[form]
    for other in others:
        raise problem_in(other, TWO_FILES, ONE_ELECTION, form=form, other=first.name)
    return first


def _identity(
    definition: Definition | None,
    by_form: Mapping[str, Sequence[EmlFile]],
    ballots: Sequence[ReadDistrict],
    counts: Sequence[CountFile],
) -> Identity:
    """Return which election the files are of, and refuse a file of another one; a CSV names only name and day."""
    named = [(each.file, each.identity) for each in ballots]
    named += [(each.file, each.identity) for each in counts if each.identity is not None]
    if definition is not None:
        named.append((by_form[DEFINITION][0], definition.identity))
    if not ballots and (OSV not in by_form or definition is None):
        raise _missing("230b")
    if not counts:
        raise _missing("510b")
    first_in, first = named[0]
    if first.category not in COMPUTED:
        raise problem_in(
            first_in,
            OTHER_BODY,
            KNOWN_BODIES,
            category=first.category or "?",
            known=", ".join(sorted(COMPUTED)),
        )
    for file, identity in named[1:]:
        _refuse_another_election(identity, file, first, first_in)
    for each in counts:
        if each.heading is not None:
            _refuse_another_table(each.heading, each.file, first, first_in)
    return first


def _missing(form: str) -> BadInput:
    return BadInput(
        Message(gettext_noop("The file with form %(form)s is missing."), {"form": form}), Message(SEND_THESE_FORMS)
    )


def _refuse_another_table(heading: OsvHeading, file: EmlFile, identity: Identity, named_in: EmlFile) -> None:
    """The CSV tells its election by name and day; EML may leave the name out, and is then known by its id."""
    named = identity.name != identity.id
    said = replace(identity, id=heading.name if named else identity.id, date=heading.date)
    _refuse_another_election(said, file, replace(identity, id=identity.name), named_in)


def _refuse_another_election(identity: Identity, file: EmlFile, expected: Identity, expected_in: EmlFile) -> None:
    same = (identity.id, identity.category, identity.date) == (expected.id, expected.category, expected.date)
    if not same:
        raise problem_in(
            file,
            gettext_noop(
                "This file is of election %(id)s on %(date)s, but %(other_file)s is of election %(other_id)s "
                "on %(other_date)s."
            ),
            gettext_noop("Send the files of one election at a time."),
            id=identity.id,
            date=identity.date.isoformat(),
            other_file=expected_in.name,
            other_id=expected.id,
            other_date=expected.date.isoformat(),
        )


def _election(identity: Identity, seats: int) -> Election:
    country = "Nederland" if identity.category in WHOLE_COUNTRY else ""
    return Election(
        id=identity.id,
        category=identity.category,
        name=identity.name,
        date=identity.date,
        authority=identity.area or identity.area_code or country,
        seats=seats,
    )
