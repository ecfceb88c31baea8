"""Pages and endpoints of the development eID: an OpenID Connect provider with fictitious people."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thorbecke.identity.adapters.back_channel import is_development_eid, issuer
from thorbecke.identity.domain.levels import ADDRESS_BY_LEVEL, LEVEL_BY_ADDRESS
from thorbecke.identity.domain.practice import PEOPLE, PERSON_BY_KEY
from thorbecke.identity.operations.practice import GrantRefused, get_or_make_signing_key, issue_code, redeem_code
from thorbecke.kernel.access import AssuranceLevel, open_to_anyone

from .level_names import level_name
from .practice_form import ChoiceForm

View = Callable[[HttpRequest], HttpResponse]


def only_for_practice(view: View) -> View:
    """Make `view` not exist in production, nor where another eID is set."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if settings.PRODUCTION or not is_development_eid():
            raise Http404
        return view(request)

    return guarded


@open_to_anyone
@only_for_practice
@require_GET
def configuration(request: HttpRequest) -> HttpResponse:
    """State the provider's addresses and abilities (OpenID Connect Discovery 1.0, section 3)."""
    with translation.override("nl"):
        authorize, token, jwks = (
            request.build_absolute_uri(reverse(f"identity:practice-{name}")) for name in ("authorize", "token", "jwks")
        )
    return JsonResponse(
        {
            "issuer": issuer(),
            "authorization_endpoint": authorize,
            "token_endpoint": token,
            "jwks_uri": jwks,
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "profile"],
            "acr_values_supported": list(ADDRESS_BY_LEVEL.values()),
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
    )


@open_to_anyone
@only_for_practice
@require_GET
def jwks(request: HttpRequest) -> HttpResponse:
    """Give the public signing key (RFC 7517)."""
    return JsonResponse({"keys": [get_or_make_signing_key().as_dict(private=False)]})


@open_to_anyone
@only_for_practice
@never_cache
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Let the visitor choose a fictitious person and a level, and send them back with a code."""
    problem = _problem_with(request)
    if problem:
        return render(request, "identity/practice_refused.html", {"reason": problem}, status=400)
    elsewhere = _in_wanted_language(request)
    if elsewhere:
        return HttpResponseRedirect(elsewhere)
    person = PERSON_BY_KEY.get(request.GET.get("persoon", ""))
    if "stop" in request.POST:
        return _back(request, {"error": "access_denied"})
    if person is None:
        return render(request, "identity/practice_people.html", _people(request))
    form = ChoiceForm(request.POST or None, person=person, wanted=_wanted_level(request))
    if request.method == "POST" and form.is_valid():
        query = request.GET
        code = issue_code(
            choice=form.choice,
            client_id=query["client_id"],
            redirect_uri=query["redirect_uri"],
            nonce=query["nonce"],
            challenge=query["code_challenge"],
            at=timezone.now(),
        )
        return _back(request, {"code": code})
    context = {"form": form, "person": person, "back": _address_without_person(request)}
    return render(request, "identity/practice_choice.html", context)


@open_to_anyone
@csrf_exempt
@only_for_practice
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Exchange a code for an ID token (RFC 6749, section 4.1.3; RFC 7636, section 4.5)."""
    if not _is_known_client(request):
        return _token_error("invalid_client", 401)
    if request.POST.get("grant_type") != "authorization_code":
        return _token_error("unsupported_grant_type", 400)
    try:
        id_token = redeem_code(
            code=request.POST.get("code", ""),
            verifier=request.POST.get("code_verifier", ""),
            client_id=settings.EID_CLIENT_ID,
            redirect_uri=request.POST.get("redirect_uri", ""),
            issuer=issuer(),
            at=timezone.now(),
        )
    except GrantRefused:
        return _token_error("invalid_grant", 400)
    # RFC 6749 asks for an access token; this provider has nothing to access with it.
    answer = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": id_token}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


def _problem_with(request: HttpRequest) -> str:
    """Return which parameter is wrong, or "" (then it is safe to send the visitor to the redirect address)."""
    query = request.GET
    checks = {
        "client_id": query.get("client_id") == settings.EID_CLIENT_ID,
        "redirect_uri": query.get("redirect_uri") in _redirect_addresses(request),
        "response_type": query.get("response_type") == "code",
        "scope": "openid" in query.get("scope", "").split(),
        "state": bool(query.get("state")),
        "nonce": bool(query.get("nonce")),
        "code_challenge_method": query.get("code_challenge_method") == "S256",
        "code_challenge": len(query.get("code_challenge", "")) == 43,
    }
    return next((name for name, is_right in checks.items() if not is_right), "")


def _redirect_addresses(request: HttpRequest) -> set[str]:
    """Return where this provider sends people: only to the site that it is part of."""
    addresses = set()
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            addresses.add(request.build_absolute_uri(reverse("identity:login-return")))
    return addresses


def _in_wanted_language(request: HttpRequest) -> str | None:
    """Return this page in the language that the client asks for, when that is another one."""
    wanted = request.GET.get("ui_locales", "")
    is_other = wanted in dict(settings.LANGUAGES) and wanted != translation.get_language()
    if not is_other or request.method != "GET" or "persoon" in request.GET:
        return None
    with translation.override(wanted):
        return f"{reverse('identity:practice-authorize')}?{request.GET.urlencode()}"


def _wanted_level(request: HttpRequest) -> AssuranceLevel:
    return LEVEL_BY_ADDRESS.get(request.GET.get("acr_values", ""), AssuranceLevel.LOW)


def _people(request: HttpRequest) -> dict[str, object]:
    wanted = _wanted_level(request)
    people = [
        {
            "name": person.name,
            "description": translation.gettext(person.description),
            "companies": person.companies,
            "highest": level_name(person.highest),
            "is_enough": person.highest >= wanted,
            "url": f"?{request.GET.urlencode()}&{urlencode({'persoon': person.key})}",
        }
        for person in PEOPLE
    ]
    return {"people": people, "wanted": level_name(wanted)}


def _address_without_person(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("persoon", None)
    return f"?{query.urlencode()}"


def _back(request: HttpRequest, answer: dict[str, str]) -> HttpResponseRedirect:
    query = urlencode({**answer, "state": request.GET["state"], "iss": issuer()})
    return HttpResponseRedirect(f"{request.GET['redirect_uri']}?{query}")


def _is_known_client(request: HttpRequest) -> bool:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    try:
        given = base64.b64decode(credentials, validate=True) if scheme == "Basic" else b""
    except binascii.Error:
        return False
    known = f"{settings.EID_CLIENT_ID}:{settings.EID_CLIENT_SECRET}".encode()
    return secrets.compare_digest(given, known)


def _token_error(error: str, status: int) -> HttpResponse:
    return JsonResponse({"error": error}, status=status, headers={"Cache-Control": "no-store"})
