"""Tables of the elections room: elections, the files as received, what was counted, the draws and the results."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class Election(models.Model):
    """One election of one body, by its identifier in EML_NL; what else is known of it belongs to a revision."""

    eml_id = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.eml_id


class Revision(models.Model):
    """The content of the files of an election at one import; a correction of a published result makes a new one.

    `digest` is a SHA-256 over the hashes of the files and the number of seats: it tells whether an import changes
    anything. `left_out` names the districts that are not counted in it.
    """

    election = models.ForeignKey(Election, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=2)
    name = models.CharField(max_length=250)
    date = models.DateField(db_index=True)
    authority = models.CharField(max_length=250)
    seats = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=100)
    left_out = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            UniqueConstraint(fields=["election", "number"], name="elections_revision_once"),
            CheckConstraint(condition=Q(seats__gte=1, number__gte=1), name="elections_revision_has_seats"),
        ]

    def __str__(self) -> str:
        return f"{self.election_id}/{self.number}"


class ReceivedFile(models.Model):
    """A file with the very bytes that were received; kept in the database, so that import is one transaction.

    `form` is one of EML_NL, "OSV4-3" or "package"; `ordinal` its place among the files, which its address uses.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="files")
    ordinal = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=10)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [UniqueConstraint(fields=["revision", "ordinal"], name="elections_file_place_once")]

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """An electoral district with the totals that its count states; an election without districts has one, number 1."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="districts")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=250, blank=True)
    blank = models.PositiveBigIntegerField()
    invalid = models.PositiveBigIntegerField()
    eligible = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            UniqueConstraint(fields=["revision", "number"], name="elections_district_once"),
            CheckConstraint(condition=Q(number__gte=1), name="elections_district_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class CandidateList(models.Model):
    """A list of candidates, or all lists of one party in an election with several districts."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="lists")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            UniqueConstraint(fields=["revision", "number"], name="elections_list_once"),
            CheckConstraint(condition=Q(number__gte=1), name="elections_list_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Candidate(models.Model):
    """A candidate of one list; `position` is the place on it, or in a party with several lists a number of its own."""

    list = models.ForeignKey(CandidateList, models.CASCADE, related_name="candidates")
    position = models.PositiveIntegerField()
    last_name = models.CharField(max_length=250)
    prefix = models.CharField(max_length=250, blank=True)
    initials = models.CharField(max_length=250, blank=True)
    first_name = models.CharField(max_length=250, blank=True)
    locality = models.CharField(max_length=250, blank=True)
    deceased = models.BooleanField(default=False)

    class Meta:
        ordering = ["list__number", "position"]
        constraints = [
            UniqueConstraint(fields=["list", "position"], name="elections_candidate_once"),
            CheckConstraint(condition=Q(position__gte=1), name="elections_candidate_position_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.last_name}"


class DistrictList(models.Model):
    """A list in one district: its candidates by position, in their order there, and the votes that the count states."""

    district = models.ForeignKey(District, models.CASCADE, related_name="lists")
    list = models.ForeignKey(CandidateList, models.CASCADE, related_name="districts")
    candidates = models.JSONField()
    votes = models.JSONField()

    class Meta:
        ordering = ["list__number"]
        constraints = [UniqueConstraint(fields=["district", "list"], name="elections_district_list_once")]

    def __str__(self) -> str:
        return f"{self.district_id}/{self.list_id}"


class Station(models.Model):
    """A polling station, or a municipality that reports as a whole: its count of ballot papers and voters.

    `ordinal` is its place. Valid votes are never stored here, but added up from the counts per list.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="stations")
    district = models.ForeignKey(District, models.CASCADE, related_name="stations")
    ordinal = models.PositiveIntegerField()
    eml_id = models.CharField(max_length=60)
    name = models.CharField(max_length=250, blank=True)
    blank = models.PositiveBigIntegerField()
    invalid = models.PositiveBigIntegerField()
    eligible = models.PositiveBigIntegerField(null=True)
    polling_cards = models.PositiveBigIntegerField(null=True)
    proxies = models.PositiveBigIntegerField(null=True)
    voter_passes = models.PositiveBigIntegerField(null=True)
    admitted = models.PositiveBigIntegerField(null=True)
    more_counted = models.PositiveBigIntegerField(default=0)
    fewer_counted = models.PositiveBigIntegerField(default=0)
    explanations = models.JSONField(default=dict)
    investigations = models.JSONField(default=list)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            UniqueConstraint(fields=["revision", "eml_id"], name="elections_station_once"),
            UniqueConstraint(fields=["revision", "ordinal"], name="elections_station_place_once"),
        ]

    def __str__(self) -> str:
        return self.eml_id


class ListCount(models.Model):
    """The votes for one list in one station: an array with a number per candidate, as the list is in its district."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="counts")
    list = models.ForeignKey(CandidateList, models.CASCADE, related_name="counts")
    votes = models.JSONField()

    class Meta:
        ordering = ["list__number"]
        constraints = [UniqueConstraint(fields=["station", "list"], name="elections_list_count_once")]

    def __str__(self) -> str:
        return f"{self.station_id}/{self.list_id}"


class Draw(models.Model):
    """A lot that was drawn in public session (Kieswet, P 14): what it was about, who was chosen, and who saw it.

    A draw that was recorded wrongly is withdrawn, and kept.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="draws")
    ordinal = models.PositiveSmallIntegerField()
    lot = models.CharField(max_length=100)
    question = models.JSONField()
    chosen = models.JSONField()
    drawn_by = models.CharField(max_length=200)
    witnesses = models.TextField(max_length=2000)
    drawn_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            UniqueConstraint(fields=["revision", "lot"], condition=Q(withdrawn_at=None), name="elections_draw_once"),
            UniqueConstraint(fields=["revision", "ordinal"], name="elections_draw_place_once"),
        ]

    def __str__(self) -> str:
        return self.lot


class ResultState(models.TextChoices):
    """How far a result is."""

    LOT_OPEN = "lot_open"
    COMPLETE = "complete"
    PUBLISHED = "published"


class Result(models.Model):
    """The result of a revision by the rule; once published it has an index in the log and does not change."""

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="computed")
    state = models.CharField(max_length=10, choices=ResultState)
    result = models.JSONField()
    explanation = models.JSONField()
    ledger_index = models.PositiveBigIntegerField(null=True, unique=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(state="published", ledger_index__isnull=False, published_at__isnull=False)
                | Q(state__in=["lot_open", "complete"], ledger_index__isnull=True, published_at__isnull=True),
                name="elections_published_has_index",
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.state}"


class PendingImport(models.Model):
    """Files that an official uploaded and has not confirmed yet; removed when confirmed, cancelled or a day old."""

    token = models.CharField(max_length=43, unique=True)
    received_at = models.DateTimeField(db_index=True)
    received_by = models.CharField(max_length=100)
    seats = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"pending since {self.received_at}"


class PendingFile(models.Model):
    """One of the files of a pending import."""

    pending = models.ForeignKey(PendingImport, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
