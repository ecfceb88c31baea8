"""Routes of the identity room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import login, means, officials, passkeys, practice

app_name = "identity"
urlpatterns: list[URLPattern | URLResolver] = [
    path("inloggen/", login.login, name="login"),
    path("inloggen/eid/", login.login_start, name="login-start"),
    path("inloggen/terug/", login.login_return, name="login-return"),
    path("uitloggen/", login.logout, name="logout"),
    path("mijn/inloggen/", login.account, name="account"),
    path("mijn/namens/", login.act_as, name="act-as"),
    path("medewerkers/", officials.officials, name="officials"),
    path("medewerkers/nieuw/", officials.official_new, name="official-new"),
    path("medewerkers/<int:pk>/", officials.official, name="official"),
    path("medewerkers/<int:pk>/rollen/", officials.official_roles, name="official-roles"),
    path("medewerkers/<int:pk>/stoppen/", officials.official_deactivate, name="official-deactivate"),
    path("medewerkers/<int:pk>/hervatten/", officials.official_activate, name="official-activate"),
    path("medewerkers/<int:pk>/nieuwe-inlog/", officials.official_reset, name="official-reset"),
    path("medewerkers/inloggen/", means.official_login, name="official-login"),
    path("medewerkers/inloggen/sleutel/", passkeys.passkey_login, name="passkey-login"),
    path("medewerkers/inloggen/sleutel/vraag/", passkeys.passkey_question, name="passkey-question"),
    path("medewerkers/beginnen/<str:token>/", means.official_setup, name="official-setup"),
    path("medewerkers/mijn/", means.official_account, name="official-account"),
    path("medewerkers/mijn/sleutels/", passkeys.passkey_add, name="passkey-add"),
    path("medewerkers/mijn/sleutels/vraag/", passkeys.new_passkey_question, name="new-passkey-question"),
    path("medewerkers/mijn/sleutels/<int:pk>/weg/", passkeys.passkey_remove, name="passkey-remove"),
    path("oefen-eid/.well-known/openid-configuration", practice.configuration, name="practice-configuration"),
    path("oefen-eid/inloggen/", practice.authorize, name="practice-authorize"),
    path("oefen-eid/token", practice.token, name="practice-token"),
    path("oefen-eid/sleutels", practice.jwks, name="practice-jwks"),
]
