"""Each error page: right status, both languages, and what to do next."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from django.utils import translation

from thorbecke.config import urls as site
from thorbecke.kernel.access import open_to_anyone
from thorbecke.kernel.errors import BadInput, Place
from thorbecke.kernel.messages import Message

FAILURES: dict[str, Exception] = {
    "bad": BadRequest("no"),
    "denied": PermissionDenied("no"),
    "large": RequestDataTooBig("no"),
    "many": TooManyFilesSent("no"),
    "broken": RuntimeError("password=hunter2"),
    "input": BadInput(Message("No votes."), Message("Add votes."), Place("count.xml", 7, "Votes")),
}


@open_to_anyone
def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise FAILURES[kind]


@open_to_anyone
def receive(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{sum(file.size or 0 for file in request.FILES.values())}")


urlpatterns = [
    path("fail/<str:kind>/", fail),
    path("en/fail/<str:kind>/", fail),
    path("receive/", receive),
    *site.urlpatterns,
]
handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("address", "status", "dutch", "english"),
    [
        ("fail/bad/", 400, "Wij begrijpen deze aanvraag niet", "We do not understand this request"),
        ("fail/denied/", 403, "U mag deze pagina niet zien", "You may not see this page"),
        ("no-such-page/", 404, "Wij kunnen deze pagina niet vinden", "We cannot find this page"),
        ("fail/large/", 413, "Dit is te groot om te versturen", "This is too large to send"),
        ("fail/many/", 413, "Dit is te groot om te versturen", "This is too large to send"),
    ],
)
def test_error_page_speaks_the_language_of_the_address(
    visitor: Client, address: str, status: int, dutch: str, english: str
) -> None:
    for prefix, title, advice in (("/", dutch, "Wat kunt u doen?"), ("/en/", english, "What can you do?")):
        response = visitor.get(prefix + address)
        assert response.status_code == status
        assert title in text_of(response)
        assert advice in text_of(response)


def test_server_error_speaks_both_languages_and_tells_no_secret(visitor: Client) -> None:
    response = visitor.get("/fail/broken/")
    assert response.status_code == 500
    assert "Er ging iets mis" in text_of(response)
    assert "Something went wrong" in text_of(response)
    assert "hunter2" not in text_of(response)


def test_server_error_needs_no_database_and_no_language(settings: Any, visitor: Client) -> None:
    settings.MIDDLEWARE = []
    settings.TEMPLATES[0]["OPTIONS"]["context_processors"] = []
    assert visitor.get("/fail/broken/").status_code == 500


def test_too_often_has_its_page() -> None:
    for language, title in (("nl", "U hebt het te vaak geprobeerd"), ("en", "You tried too often")):
        with translation.override(language):
            assert title in render_to_string("429.html")


def test_a_form_without_token_is_refused_with_advice() -> None:
    response = Client(enforce_csrf_checks=True).post("/receive/")
    assert response.status_code == 403
    assert "Dit formulier is niet meer geldig" in text_of(response)


def test_bad_input_that_a_page_lets_pass_names_place_problem_and_remedy(visitor: Client) -> None:
    response = visitor.get("/fail/input/")
    assert response.status_code == 400
    assert all(part in text_of(response) for part in ("count.xml", "7", "Votes", "No votes.", "Add votes."))


def test_a_request_that_is_too_large_is_refused_before_it_is_read(settings: Any, visitor: Client) -> None:
    settings.REQUEST_MAX_BYTES = 5000
    small, large = SimpleUploadedFile("a.xml", b"x" * 1000), SimpleUploadedFile("b.xml", b"x" * 6000)
    assert text_of(visitor.post("/receive/", {"file": small})) == "1000"
    response = visitor.post("/receive/", {"file": large})
    assert response.status_code == 413
    assert "Dit is te groot om te versturen" in text_of(response)


def test_a_form_text_that_is_too_large_is_refused(settings: Any, visitor: Client) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert visitor.post("/receive/", {"text": "x" * 200}).status_code == 413


@pytest.mark.parametrize("address", ["/", "/en/", "/no-such-page/"])
def test_an_unknown_host_is_refused_with_a_page(visitor: Client, address: str) -> None:
    response = visitor.get(address, headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "elsewhere" not in text_of(response)


@pytest.mark.parametrize(("address", "words"), [("/uitloggen/", "geen pagina"), ("/en/uitloggen/", "not a page")])
def test_an_address_that_only_takes_forms_says_so(visitor: Client, address: str, words: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert words in text_of(response)
