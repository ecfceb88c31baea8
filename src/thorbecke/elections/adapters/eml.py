"""Puts the files of one election together: recognised by content, in any order, checked against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from thorbecke.elections.domain.count import CandidateList, Election, ElectionCount
from thorbecke.elections.domain.inputs import SourceFile
from thorbecke.elections.domain.rule import COUNCIL_RULE, read_parameters
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message, gettext_noop

from .csv_osv import OsvHeading, is_osv_csv, read_osv_csv
from .eml_110a import Definition, read_definition
from .eml_230 import Ballot, read_ballot
from .eml_510 import read_count
from .eml_identity import Identity
from .eml_reader import FORMS, SEND_THESE_FORMS, EmlFile, Form, form_of
from .plain_reader import is_package, read_package

__all__ = ["ANY_COUNT", "EmlFile", "ReceivedElection", "RecognisedFile", "read_election"]

CountFormat: TypeAlias = Literal["510b", "510d", "OSV4-3", "package"]
Format: TypeAlias = Form | Literal["OSV4-3", "package"]

COUNT_FORMATS: tuple[CountFormat, ...] = ("510b",)
ANY_COUNT: tuple[CountFormat, ...] = ("510b", "510d", "OSV4-3", "package")
"""Formats of a count that hold enough for a result; "package" is datapackage.json with its tables."""

COUNCIL = "GR"
"""ElectionCategory of a municipal council."""

LARGEST_COUNCIL = 1000
PARAMETERS = read_parameters(COUNCIL_RULE)

SEATS = "seats"
IMPOSSIBLE_SEATS = gettext_noop("%(seats)s is not a possible number of seats.")
GIVE_SEATS = gettext_noop("Give the number of seats of the council, such as 17.")


OTHER_SEATS = gettext_noop("The file says %(stated)s seats, but %(given)s seats were given.")
CHECK_SEATS = gettext_noop("Leave out the number of seats, or check whether this is the right file.")
OTHER_BODY = gettext_noop("This is an election of category %(category)s.")
ONLY_COUNCILS = gettext_noop("Only elections of a municipal council (category GR) can be computed.")


@dataclass(frozen=True, slots=True)
class RecognisedFile:
    """A file as received, and the form that it holds."""

    file: EmlFile
    form: Format

    @property
    def source(self) -> SourceFile:
        """The file as the inputs of an outcome name it."""
        kind = "EML" if self.form in FORMS else "CSV"
        return SourceFile(f"{kind} {self.form}", self.file.sha256)


@dataclass(frozen=True, slots=True)
class ReceivedElection:
    """One election as its files give it; `files` in the order of their forms."""

    election: Election
    lists: tuple[CandidateList, ...]
    count: ElectionCount
    files: tuple[RecognisedFile, ...]


def read_election(
    files: Sequence[EmlFile], seats: int | None = None, counts: Sequence[CountFormat] = COUNT_FORMATS
) -> ReceivedElection:
    """Read the files of one council election: one 230b, one count and, unless `seats` is given, one 110a.

    The count has one of the formats `counts`; a package of tables holds everything by itself. Raises BadInput when a
    file is wrong, missing, given twice or of another election, and when `seats` contradicts the files.
    """
    if "package" in counts and any(is_package(file) for file in files):
        return _read_tables(files, seats)
    by_form = _sort_by_form(files, counts)
    ballot = read_ballot(_needed(by_form, "230b"))
    _refuse_other_bodies(ballot.identity, by_form["230b"])
    count = _read_count(_only_count(by_form, counts), ballot, by_form["230b"])
    definition = read_definition(by_form["110a"]) if "110a" in by_form else None
    if definition is not None:
        _refuse_another_election(definition.identity, by_form["110a"], ballot.identity, by_form["230b"])
    return ReceivedElection(
        election=_election(ballot.identity, _settle_seats(definition, seats, ballot.identity)),
        lists=ballot.lists,
        count=count,
        files=tuple(RecognisedFile(by_form[form], form) for form in sorted(by_form)),
    )


def _read_tables(files: Sequence[EmlFile], seats: int | None) -> ReceivedElection:
    package = read_package(files)
    election, described = package.election, package.files[0]
    if election.category != COUNCIL:
        raise _problem(described, OTHER_BODY, ONLY_COUNCILS, category=election.category[:10])
    if seats is not None and seats != election.seats:
        raise _problem(described, OTHER_SEATS, CHECK_SEATS, stated=election.seats, given=seats)
    recognised = tuple(RecognisedFile(file, "package") for file in package.files)
    return ReceivedElection(election, package.lists, package.count, recognised)


def _sort_by_form(files: Sequence[EmlFile], counts: Sequence[CountFormat]) -> dict[Format, EmlFile]:
    by_form: dict[Format, EmlFile] = {}
    for file in files:
        form = _format_of(file, counts)
        if form in by_form:
            raise _problem(
                file,
                gettext_noop("There are two files with form %(form)s: this one and %(other)s."),
                gettext_noop("Send one file of each form, and the files of one election at a time."),
                form=form,
                other=by_form[form].name,
            )
        by_form[form] = file
    return by_form


def _format_of(file: EmlFile, counts: Sequence[CountFormat]) -> Format:
    if "OSV4-3" in counts and is_osv_csv(file):
        return "OSV4-3"
    return form_of(file, ("110a", "230b", *(FORMS[form] for form in counts if form in FORMS)))


def _only_count(by_form: dict[Format, EmlFile], counts: Sequence[CountFormat]) -> EmlFile:
    given = [by_form[form] for form in counts if form in by_form]
    if len(given) > 1:
        raise _problem(
            given[1],
            gettext_noop("There are two counts: this file and %(other)s."),
            gettext_noop("Send one of them."),
            other=given[0].name,
        )
    return given[0] if given else _needed(by_form, "510b")


def _read_count(file: EmlFile, ballot: Ballot, ballot_file: EmlFile) -> ElectionCount:
    if is_osv_csv(file):
        table = read_osv_csv(file, ballot.identity.id, ballot.lists)
        _refuse_another_table(table.heading, file, ballot.identity, ballot_file)
        return table.count
    counted_in, count = read_count(file, ballot.lists)
    _refuse_another_election(counted_in, file, ballot.identity, ballot_file)
    return count


def _refuse_another_table(heading: OsvHeading, file: EmlFile, identity: Identity, ballot_file: EmlFile) -> None:
    """The CSV tells its election by name and day; EML may leave the name out, and is then known by its id."""
    named = identity.name != identity.id
    said = replace(identity, id=heading.name if named else identity.id, date=heading.date)
    _refuse_another_election(said, file, replace(identity, id=identity.name), ballot_file)


def _needed(by_form: dict[Format, EmlFile], form: Form) -> EmlFile:
    if form not in by_form:
        raise BadInput(
            Message(gettext_noop("The file with form %(form)s is missing."), {"form": form}), Message(SEND_THESE_FORMS)
        )
    return by_form[form]


def _refuse_other_bodies(identity: Identity, file: EmlFile) -> None:
    if identity.category != COUNCIL:
        raise _problem(file, OTHER_BODY, ONLY_COUNCILS, category=identity.category or "?")


def _refuse_another_election(identity: Identity, file: EmlFile, expected: Identity, expected_in: EmlFile) -> None:
    same = (identity.id, identity.category, identity.date) == (expected.id, expected.category, expected.date)
    if not same:
        raise _problem(
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


def _settle_seats(definition: Definition | None, given: int | None, identity: Identity) -> int:
    if definition is None:
        return _given_seats(given, identity)
    if given is not None and given != definition.seats:
        raise definition.seats_node.wrong(
            OTHER_SEATS,
            CHECK_SEATS,
            stated=definition.seats,
            given=given,
        )
    if not 1 <= definition.seats <= LARGEST_COUNCIL:
        raise definition.seats_node.wrong(IMPOSSIBLE_SEATS, GIVE_SEATS, seats=definition.seats)
    _refuse_other_threshold(definition)
    return definition.seats


def _given_seats(given: int | None, identity: Identity) -> int:
    """The files of a council say whether it has fewer than 19 seats, which catches a slip of the pen."""
    if given is None:
        raise BadInput(
            Message(gettext_noop("The number of seats is unknown: there is no 110a file and it was not given.")),
            Message(gettext_noop("Add the 110a file, or give the number of seats.")),
            Place(field=SEATS),
        )
    if not 1 <= given <= LARGEST_COUNCIL:
        raise BadInput(Message(IMPOSSIBLE_SEATS, {"seats": given}), Message(GIVE_SEATS), Place(field=SEATS))
    expected = "GR2" if PARAMETERS.is_large(given) else "GR1"
    if identity.subcategory not in {"", expected}:
        raise BadInput(
            Message(
                gettext_noop("%(seats)s seats do not fit the files: they are of an election of kind %(kind)s."),
                {"seats": given, "kind": identity.subcategory},
            ),
            Message(gettext_noop("GR1 has fewer than 19 seats, GR2 has 19 or more. Give the right number of seats.")),
            Place(field=SEATS),
        )
    return given


def _refuse_other_threshold(definition: Definition) -> None:
    """The threshold follows from the number of seats (Kieswet, P 15)."""
    lawful = PARAMETERS.preference_share(definition.seats) * 100
    if definition.threshold_node is not None and definition.threshold != lawful:
        raise definition.threshold_node.wrong(
            gettext_noop("The file says a preference threshold of %(stated)s%%, but the law says %(lawful)s%%."),
            gettext_noop(
                "Check the number of seats in the file: from 19 seats the threshold is 25%%, below that 50%%."
            ),
            stated=definition.threshold or 0,
            lawful=str(lawful),
        )


def _election(identity: Identity, seats: int) -> Election:
    return Election(
        id=identity.id,
        category=identity.category,
        name=identity.name,
        date=identity.date,
        authority=identity.area or identity.area_code,
        seats=seats,
    )


def _problem(file: EmlFile, problem: str, remedy: str, **values: str | int) -> BadInput:
    return BadInput(Message(problem, values), Message(remedy, values), Place(file.name))
