"""Routes of the elections room: results for everyone, and the work of officials below `invoeren/` and `beheer/`."""

from __future__ import annotations

from django.urls import include, path

from . import officials, views, what_if
from .shared import shared

app_name = "elections"

pages = [
    path("lijst/<int:number>/", shared(views.candidate_list), name="list"),
    path("kieskring/<int:number>/", shared(views.district), name="district"),
    path("stembureau/<int:ordinal>/", shared(views.station), name="station"),
    path("controles/", shared(views.checks), name="checks"),
    path("stemmen.csv", views.votes, name="votes"),
    path("zetels.csv", views.seats, name="seats"),
    path("wat-als/", what_if.what_if, name="what-if"),
    path("wat-als/berekening.json", what_if.calculation, name="calculation"),
]

urlpatterns = [
    path("", views.index, name="index"),
    path("invoeren/", officials.upload, name="upload"),
    path("invoeren/<str:token>/", officials.summary, name="summary"),
    path("beheer/<str:election_id>/", officials.draft, name="draft"),
    path("beheer/<str:election_id>/stembureau/<int:ordinal>/", officials.draft_station, name="draft-station"),
    path("beheer/<str:election_id>/overleden/", officials.death, name="death"),
    path("beheer/<str:election_id>/loting/", officials.draw, name="draw"),
    path("beheer/<str:election_id>/intrekken/", officials.withdraw, name="withdraw"),
    path("beheer/<str:election_id>/publiceren/", officials.publish, name="publish"),
    path("<str:election_id>/", shared(views.result), name="result"),
    path("<str:election_id>/", include(pages)),
    path("<str:election_id>/versie/<int:revision>/", shared(views.result), name="revision"),
    path("<str:election_id>/versie/<int:revision>/", include(pages)),
    path("<str:election_id>/versie/<int:revision>/bestand/<int:ordinal>/", views.file, name="file"),
]
