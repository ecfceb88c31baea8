"""Renders every form of the site accessibly: label, hint, error and input, tied together by their ids."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

WIDGET_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.RadioSelect, "utrecht-radio-button utrecht-radio-button--html-input"),
    (forms.CheckboxInput, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.FileInput, "thorbecke-file"),
    (Input, "utrecht-textbox utrecht-textbox--html-input"),
]
"""Class of the component for each kind of widget; the first match counts, so the special kinds stand first."""

OWN_TEMPLATES = {
    "django/forms/widgets/radio.html": "design/form/options.html",
    "django/forms/widgets/checkbox_select.html": "design/form/options.html",
}


class AccessibleField(forms.BoundField):
    """A field of a form that knows its component class and where a link to it must point."""

    @property
    def is_checkbox(self) -> bool:
        """Whether this is one box to tick, whose label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def first_input_id(self) -> str:
        """The id of the first input, also where the field is a group of radio buttons or boxes."""
        return self.id_for_label or f"{self.auto_id}_0"

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        """Return Django's attributes with the component class in front of the widget's own."""
        built = dict(super().build_widget_attrs(attrs, widget))
        widget = widget or self.field.widget
        component = next((name for kind, name in WIDGET_CLASSES if isinstance(widget, kind)), "")
        own = widget.attrs.get("class", "")
        built["class"] = f"{component} {own}".strip()
        return built


class FormRenderer(TemplatesSetting):
    """Renders forms and fields with the design room's templates."""

    form_template_name = "design/form/form.html"
    field_template_name = "design/form/field.html"
    bound_field_class = AccessibleField

    def get_template(self, template_name: str) -> Any:
        """Return the template of that name; a group of radio buttons or boxes has one of our own."""
        return super().get_template(OWN_TEMPLATES.get(template_name, template_name))
