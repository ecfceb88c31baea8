"""Work of officials: send files, see what will change, confirm, record a lot, publish."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from thorbecke.elections import queries
from thorbecke.elections.domain.districts import handed_in_lists
from thorbecke.elections.domain.inputs import WHOLE_COUNT
from thorbecke.elections.domain.published import (
    Change,
    CountedElection,
    ElectionResult,
    ImportSummary,
    Progress,
    TotalledElection,
)
from thorbecke.elections.domain.second_opinion import SeatsDiffer
from thorbecke.elections.operations.importing import AlreadyPublished
from thorbecke.elections.operations.results import (
    LotIsOpen,
    LotNotOpen,
    ResultChanged,
    TooLate,
    publish_result,
    record_death,
    record_draw,
    withdraw_draws,
)
from thorbecke.elections.operations.uploads import confirm_upload, discard_upload, keep_upload, preview_upload
from thorbecke.identity.public import current_actor
from thorbecke.kernel.access import for_officials
from thorbecke.kernel.canonical_json import sha256_of
from thorbecke.kernel.errors import BadInput, NotFound, ThorbeckeError
from thorbecke.kernel.messages import Message, gettext_noop

from .forms import DeathForm, DrawForm, UploadForm
from .looks_page import looks_context
from .result_page import computed_context
from .views import station_page

GET_OR_POST = ["GET", "HEAD", "POST"]

WILL = {
    Change.NEW: gettext_lazy("This election is new here."),
    Change.UNCHANGED: gettext_lazy("Nothing will change: the same files are here already."),
    Change.REPLACES_DRAFT: gettext_lazy("These files replace what was imported before. That was not published yet."),
    Change.CORRECTION: gettext_lazy(
        "The result of this election is published, with other files. You can only import these files as a correction."
    ),
}


@for_officials("elections.import")
@require_http_methods(GET_OR_POST)
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for the files of an election, and keep them until they are confirmed; say what is wrong with them."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    problem = None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            token = keep_upload(actor=current_actor(), files=given["eml"], seats=given["seats"], at=timezone.now())
        except BadInput as error:
            problem = _show(error, form)
        else:
            return redirect("elections:summary", token)
    wrong = problem is not None or bool(form.errors)
    context = {"form": form, "problem": problem, "largest": settings.REQUEST_MAX_BYTES}
    return render(request, "elections/upload.html", context, status=422 if wrong else 200)


@for_officials("elections.import")
@require_http_methods(GET_OR_POST)
def summary(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the kept files will change, and import or discard them."""
    actor = current_actor()
    if "discard" in request.POST:
        discard_upload(actor=actor, token=token)
        messages.info(request, gettext("The files were removed. Nothing was imported."))
        return redirect("elections:upload")
    if request.method == "POST":
        try:
            done = confirm_upload(actor=actor, token=token, at=timezone.now(), correction="correction" in request.POST)
        except AlreadyPublished as error:
            return _summary_page(request, token, _problem(error), status=409)
        messages.success(request, _done(done))
        return redirect("elections:draft", done.counted.election.id)
    return _summary_page(request, token)


@for_officials("elections.import")
@require_http_methods(["GET", "HEAD"])
def draft(request: HttpRequest, election_id: str) -> HttpResponse:
    """Show the latest result of an election, published or not, and what must happen next."""
    found = queries.get_result(election_id=election_id, published=False)
    counted = _counted(found)
    looks = looks_context(counted, reverse("elections:draft", args=[election_id]))
    return render(request, "elections/draft.html", _draft_context(found, counted) | looks)


@for_officials("elections.import")
@require_http_methods(["GET", "HEAD"])
def draft_station(request: HttpRequest, election_id: str, ordinal: int) -> HttpResponse:
    """Show what one polling station counted in the latest files, published or not."""
    found = queries.get_result(election_id=election_id, published=False)
    return station_page(request, found, ordinal, reverse("elections:draft", args=[election_id]))


@for_officials("elections.import")
@require_http_methods(GET_OR_POST)
def death(request: HttpRequest, election_id: str) -> HttpResponse:
    """Ask which candidate died, and compute the result again."""
    found = queries.get_result(election_id=election_id, published=False)
    form = DeathForm(found.counted.lists, request.POST if request.method == "POST" else None)
    problem = None
    if form.is_valid():
        number, position = form.chosen
        try:
            record_death(
                actor=current_actor(),
                election_id=election_id,
                list_number=number,
                position=position,
                died=not form.cleaned_data["mistake"],
            )
        except TooLate as error:
            problem = _problem(error)
        else:
            messages.success(request, gettext("It is recorded. The result is computed again."))
            return redirect("elections:draft", election_id)
    context = {"election": found.counted.election, "form": form, "problem": problem}
    return render(request, "elections/death.html", context, status=422 if form.errors or problem else 200)


@for_officials("elections.draw")
@require_http_methods(GET_OR_POST)
def draw(request: HttpRequest, election_id: str) -> HttpResponse:
    """Ask who was chosen by the open lot, and record it."""
    found = queries.get_result(election_id=election_id, published=False)
    question: Any = found.computation.result["open_lot"]
    if question is None:
        raise NotFound(
            Message(gettext_noop("No lot is open in this election.")),
            Message(gettext_noop("Go back to the election and look what must happen next.")),
        )
    form = DrawForm(
        question, _participants(found.counted, question), request.POST if request.method == "POST" else None
    )
    problem = None
    if form.is_valid():
        try:
            record_draw(
                actor=current_actor(),
                election_id=election_id,
                lot=question["id"] if request.POST.get("lot") == question["id"] else "",
                chosen=form.chosen,
                drawn_by=form.cleaned_data["drawn_by"],
                witnesses=form.cleaned_data["witnesses"],
                drawn_at=form.cleaned_data["drawn_at"],
                at=timezone.now(),
            )
        except (BadInput, LotNotOpen) as error:
            problem = _problem(error)
        else:
            messages.success(request, gettext("The lot is recorded. The result is computed with it."))
            return redirect("elections:draft", election_id)
    context = _draft_context(found, _counted(found)) | {"form": form, "problem": problem, "lot": question}
    context["open_lot_steps"] = [
        step for step in (*context["residual_steps"], *context["candidate_lots"]) if step.name == "lot_open"
    ]
    return render(request, "elections/draw.html", context, status=422 if form.errors or problem else 200)


@for_officials("elections.draw")
@require_POST
def withdraw(request: HttpRequest, election_id: str) -> HttpResponse:
    """Withdraw the recorded lots of a result that is not published."""
    try:
        withdraw_draws(actor=current_actor(), election_id=election_id, at=timezone.now())
    except TooLate as error:
        messages.error(request, " ".join(_problem(error)["lines"]))
    else:
        messages.success(request, gettext("The lots are withdrawn. The result is computed without them."))
    return redirect("elections:draft", election_id)


@for_officials("elections.publish")
@require_POST
def publish(request: HttpRequest, election_id: str) -> HttpResponse:
    """Publish the latest result and record it in the log."""
    try:
        publish_result(
            actor=current_actor(),
            election_id=election_id,
            at=timezone.now(),
            inputs_sha256=request.POST.get("inputs_sha256", ""),
        )
    except (LotIsOpen, ResultChanged, SeatsDiffer) as error:
        messages.error(request, " ".join(_problem(error)["lines"]))
        return redirect("elections:draft", election_id)
    messages.success(request, gettext("The result is published and recorded in the log."))
    return redirect("elections:result", election_id)


def _show(error: BadInput, form: UploadForm) -> dict[str, Any] | None:
    """Tie an error about a field to that field, and return any other as a problem."""
    if error.place.file is None and error.place.field in form.fields:
        form.add_error(error.place.field, " ".join(_problem(error)["lines"]))
        return None
    return _problem(error)


def _problem(error: ThorbeckeError) -> dict[str, Any]:
    """What is wrong, where and what to do, for the part that shows errors."""
    remedy = error.remedy.render(gettext) if error.remedy else ""
    problem = error.problem.render(gettext)
    place = error.place if isinstance(error, BadInput) else None
    return {"problem": problem, "remedy": remedy, "place": place, "lines": [problem, remedy]}


def _summary_page(
    request: HttpRequest, token: str, problem: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    found = preview_upload(actor=current_actor(), token=token)
    context = computed_context(found.counted, found.computation) | looks_context(found.counted)
    context |= {
        "summary": found,
        "will": WILL[found.change],
        "problem": problem,
        "is_correction": found.change is Change.CORRECTION,
        "is_unchanged": found.change is Change.UNCHANGED,
        "changes": _changes(found),
        "station_count": sum(each.id != WHOLE_COUNT for each in found.counted.stations),
    }
    return render(request, "elections/summary.html", context, status=status)


def _changes(found: ImportSummary) -> list[tuple[str, Any, Any]]:
    """Rows of what differs from what was there: what, before, after."""
    difference: Any = found.difference
    named = {each.number: each.name for each in found.counted.lists}
    rows = [(str(label), *difference[name]) for name, label in _TOTALS.items() if name in difference]
    for name, label in _PER_LIST.items():
        rows += [
            (label % {"list": f"{number} ({named.get(number, '')})"}, before, after)
            for number, before, after in difference.get(name, ())
        ]
    if "stations" in difference:
        rows.append((gettext("Polling stations with another count"), "", ", ".join(difference["stations"])))
    return rows


_TOTALS = {
    "council_seats": gettext_lazy("Number of seats"),
    "valid": gettext_lazy("Valid votes"),
    "blank": gettext_lazy("Blank votes"),
    "invalid": gettext_lazy("Invalid votes"),
}
_PER_LIST = {
    "list_votes": gettext_lazy("Votes of list %(list)s"),
    "list_seats": gettext_lazy("Seats of list %(list)s"),
}


def _done(done: ImportSummary) -> str:
    if done.change is Change.UNCHANGED:
        return gettext("Nothing changed: the same files were here already.")
    return gettext("The files are imported.")


def _draft_context(found: ElectionResult, counted: CountedElection) -> dict[str, Any]:
    actor = current_actor()
    return computed_context(found.counted, found.computation) | {
        "result": found,
        "inputs_sha256": sha256_of(counted.inputs),
        "is_published": found.progress is Progress.PUBLISHED,
        "lot_is_open": found.progress is Progress.LOT_OPEN,
        "may_draw": actor.may("elections.draw"),
        "may_publish": actor.may("elections.publish"),
    }


def _counted(found: ElectionResult) -> CountedElection:
    return queries.get_counted_election(
        election_id=found.counted.election.id, revision=found.counted.revision, published=False
    )


def _participants(counted: TotalledElection, question: Any) -> dict[int, str]:
    """Name of each participant of a lot by its number: lists, lists of one group, or candidates of one list."""
    if "group" in question:
        districts = {each.number: each.name for each in counted.districts}
        return {
            number: f"{number} {', '.join(districts[each] for each in handed_in.districts)}"
            for number, handed_in in enumerate(handed_in_lists(counted.districts)[question["group"]], start=1)
        }
    if question["list"] is None:
        return {each.number: f"{each.number} {each.name}" for each in counted.lists}
    one = next(each for each in counted.lists if each.number == question["list"])
    return {each.position: f"{each.position} {each.display_name}" for each in one.candidates}
