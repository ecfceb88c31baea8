"""Forms as a screen reader and a keyboard meet them."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation
from lxml import html


class Questions(forms.Form):
    name = forms.CharField(label="Name", help_text="As in your passport")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    colour = forms.ChoiceField(label="Colour", choices=[("r", "Red"), ("g", "Green")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="I agree")
    counts = forms.FileField(label="Counts")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        if "colour" not in self.cleaned_data:
            self.add_error(None, "Choose something")
        return self.cleaned_data


def rendered(form: forms.Form) -> html.HtmlElement:
    with translation.override("en"):
        return html.fromstring(f"<main>{render_to_string('design/error_summary.html', {'form': form})}{form}</main>")


def by_id(document: html.HtmlElement, identifier: str) -> html.HtmlElement:
    (element,) = document.xpath("//*[@id=$identifier]", identifier=identifier)
    return element


@pytest.mark.parametrize(
    ("field", "component"),
    [
        (forms.CharField(), "utrecht-textbox"),
        (forms.CharField(widget=forms.Textarea), "utrecht-textarea"),
        (forms.FileField(), "thorbecke-file"),
        (forms.BooleanField(), "utrecht-checkbox"),
        (forms.ChoiceField(choices=[("a", "A")]), "utrecht-select"),
        (forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect), "utrecht-radio-button"),
        (forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple), "utrecht-checkbox"),
    ],
)
def test_every_kind_of_input_looks_like_its_component(field: forms.Field, component: str) -> None:
    form = type("OneField", (forms.Form,), {"it": field})()
    (element,) = html.fromstring(f"<main>{form}</main>").xpath("//input | //select | //textarea")
    assert component in element.get("class").split()


@pytest.mark.parametrize("field", ["name", "note", "agreed", "counts"])
def test_every_input_has_one_label(field: str) -> None:
    document = rendered(Questions())
    (label,) = document.xpath("//label[@for=$id]", id=f"id_{field}")
    assert str(Questions.base_fields[field].label) in label.text_content()


def test_a_group_has_a_legend_and_a_label_for_each_choice() -> None:
    (group,) = rendered(Questions()).xpath("//fieldset")
    assert group.xpath("normalize-space(legend)") == "Colour"
    assert [label.text for label in group.xpath(".//label")] == ["Red", "Green"]


def test_hint_and_error_are_read_with_the_input() -> None:
    document = rendered(Questions({}))
    name = by_id(document, "id_name")
    described = [by_id(document, part).text_content() for part in name.get("aria-describedby").split()]
    assert "As in your passport" in described[0]
    assert "required" in described[1]
    assert name.get("aria-invalid") == "true"


def test_optional_fields_say_so_and_required_ones_are_required() -> None:
    document = rendered(Questions())
    assert "(optional)" in document.xpath("string(//label[@for='id_note'])")
    assert "(optional)" not in document.xpath("string(//label[@for='id_name'])")
    assert by_id(document, "id_name").get("required") is not None


def test_the_summary_links_every_error_to_its_input() -> None:
    document = rendered(Questions({}))
    targets = [link.get("href").removeprefix("#") for link in document.xpath("//*[@role='alert']//a")]
    assert targets == ["id_name", "id_colour_0", "id_agreed", "id_counts"]
    assert [by_id(document, target).tag for target in targets] == ["input"] * 4


def test_the_summary_counts_its_lines_and_holds_errors_of_the_whole_form() -> None:
    summary = rendered(Questions({})).xpath("//*[@role='alert']")[0]
    assert summary.xpath("normalize-space(.//h2)") == "5 things need your attention"
    assert summary.xpath("count(.//li)") == 5
    assert summary.xpath("normalize-space(.//li[1])") == "Choose something"


def test_a_form_without_errors_has_no_summary() -> None:
    assert rendered(Questions()).xpath("//*[@role='alert']") == []


def test_no_id_is_used_twice() -> None:
    ids = [str(identifier) for identifier in rendered(Questions({})).xpath("//@id")]
    assert sorted(set(ids)) == sorted(ids)


def test_text_from_a_visitor_is_escaped() -> None:
    document = rendered(Questions({"name": "<script>alert(1)</script>"}))
    assert document.xpath("//script") == []
    assert by_id(document, "id_name").get("value") == "<script>alert(1)</script>"
