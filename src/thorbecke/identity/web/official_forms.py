"""Forms for officials: log in, set up a login, and manage officials."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.utils.translation import gettext_lazy as _

from .level_names import role_name

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
CODE = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class OfficialLoginForm(forms.Form):
    """User name, password and code, asked together so that an error does not tell which is wrong."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=10,
        help_text=_("Six digits from your authenticator app."),
        widget=forms.TextInput(CODE),
    )


class SetupForm(forms.Form):
    """A password of one's own and the first code of the authenticator app."""

    password = forms.CharField(
        label=_("New password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text=_("At least 12 signs. A few words in a row are easy to remember."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=10,
        help_text=_("Six digits that your app shows after you scanned the picture."),
        widget=forms.TextInput(CODE),
    )

    def clean_password(self) -> str:
        """Refuse passwords that are short or that everyone uses."""
        password: str = self.cleaned_data["password"]
        MinimumLengthValidator(SHORTEST_PASSWORD).validate(password)
        CommonPasswordValidator().validate(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        given = self.cleaned_data
        if "password" in given and given.get("again") != given["password"]:
            self.add_error("again", _("The two passwords are not the same."))
        return given


class RolesForm(forms.Form):
    """The roles of an official."""

    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["roles"].choices = [(role, role_name(role)) for role in sorted(settings.ROLES)]  # type: ignore[attr-defined]  # a MultipleChoiceField


class NewOfficialForm(RolesForm):
    """Who the new official is, and with which roles."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Letters, digits, dots, dashes or underscores."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    field_order = ["username", "name", "roles"]


class NewPasskeyForm(forms.Form):
    """A name for a passkey, and what the browser answered."""

    label = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        help_text=_("So that you know later which one it is. For example: work laptop."),
    )
