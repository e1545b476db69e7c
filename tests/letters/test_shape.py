"""The second shape of a letter, for mail programs that prefer HTML."""

from types import SimpleNamespace

import pytest

from incubator.foundation.directions import apart
from incubator.foundation.language import BY_CODE
from incubator.letters import operations, rules


def test_a_long_link_goes_on_in_the_next_line_on_a_phone():
    link = "http://localhost/ar/follow/manage/12-abcdefghijklmnopqrstuv"
    html = rules.html_of(link, BY_CODE["ar"])
    shown = html.split('dir="ltr">')[1].split("</a>")[0]
    assert f'href="{link}"' in html
    assert shown.replace("<wbr>", "") == link
    assert max(len(part) for part in shown.split("<wbr>")) <= 20


def test_a_letter_is_as_wide_as_the_phone():
    assert '<meta name="viewport" content="width=device-width">' in rules.html_of("x", BY_CODE["de"])


@pytest.mark.parametrize(("code", "paragraph", "runs"), [
    ("ar", "Kulturbüro Süd تنتظر جوابك.", "rtl"), ("ar", "⁨Garten⁩: تم", "rtl"), ("ar", "Der Salat wächst.", "ltr"),
    ("ar", "https://city.example/ar/desk/", "rtl"), ("fa", "12.50 – 3", "rtl"), ("de", "مرحباً في Osnabrück", "rtl"),
    ("de", "⁨حديقة⁩ hat Neues", "ltr"), ("de", "Neu: حديقة", "ltr"),
])
def test_a_paragraph_runs_as_the_letters_that_are_its_own(code, paragraph, runs):
    assert rules.direction(paragraph, BY_CODE[code]) == runs


@pytest.mark.parametrize(("code", "value", "written"), [
    ("ar", "Garten (Süd)", "⁨Garten (Süd)⁩"), ("ar", "حديقة", "حديقة"), ("de", "Garten", "Garten"),
    ("de", "حديقة", "⁨حديقة⁩"), ("fa", "⁨Garten⁩", "⁨Garten⁩"), ("ar", "12", "12"),
    ("ar", "https://city.example/", "https://city.example/"),
])
def test_a_name_that_runs_otherwise_than_its_letter_keeps_to_itself(code, value, written):
    assert apart(value, BY_CODE[code]) == written


def test_every_letter_holds_names_together(app):
    person = SimpleNamespace(given_name="Amira")
    subject, text = operations.compose("report_due", "ar", to=person, project=SimpleNamespace(
        id=1, title="Garten (Süd)", report_due_on=None))
    assert "⁨Garten (Süd)⁩" in subject
    assert "⁨Garten (Süd)⁩" in text
    assert "⁨Amira⁩" in text
