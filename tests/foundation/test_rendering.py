"""How days, moments and lists are written."""

import re
from datetime import UTC, date, datetime

import pytest

from incubator.foundation import language
from incubator.foundation.language import in_language
from incubator.foundation.rendering import amount, asset, comma, day, moment, number, percent


@pytest.mark.parametrize(("code", "written"), [
    ("de", "01.07.2026, 14:05"), ("en", "Jul 1, 2026, 2:05\u202fPM"),
    ("ru", "1 июл. 2026, 14:05"), ("uk", "1 лип. 2026, 14:05"), ("de-simple", "01.07.2026, 14:05"),
    ("fa", "1 ژوئیه 2026،\u200f 14:05"),
])
def test_a_moment_is_written_in_the_citys_time_without_seconds(app, code, written):
    with app.test_request_context(), in_language(code):
        assert moment(datetime(2026, 7, 1, 12, 5, 9, tzinfo=UTC)) == written


@pytest.mark.parametrize(("code", "written"), [("de", ", "), ("en", ", "), ("ar", "\N{ARABIC COMMA} ")])
def test_a_list_is_parted_by_the_comma_of_its_script(app, code, written):
    with app.test_request_context(), in_language(code):
        assert comma() == written


@pytest.mark.parametrize("shape", ["medium", "long", "full"])
@pytest.mark.parametrize("each", language.LANGUAGES, ids=str)
def test_no_day_ends_with_a_full_stop_that_would_meet_that_of_a_sentence(app, each, shape):
    with app.test_request_context(), language.in_language(each.code):
        assert day(date(2026, 7, 1), shape)[-1] != "."


@pytest.mark.parametrize(("code", "shown"), [
    ("de", "50\N{NO-BREAK SPACE}%"), ("en", "50%"), ("tr", "%50"), ("fr", "50\N{NO-BREAK SPACE}%"), ("fa", "50%"),
])
def test_a_share_is_written_as_its_language_does(app, code, shown):
    with app.test_request_context(), language.in_language(code):
        assert percent(50) == shown


@pytest.mark.parametrize("each", language.LANGUAGES, ids=str)
def test_one_kind_of_digits_stands_on_a_page_that_of_receipts_and_banks(app, each):
    """Arabic and Persian pages too: what is compared with German papers looks like them."""
    with app.test_request_context(), language.in_language(each.code):
        written = day(date(2026, 7, 1)) + amount(12_345_60) + number(12345) + percent(50)
    assert not re.search("[٠-٩۰-۹]", written)
    assert "345" in written


def test_a_file_is_read_once_and_by_those_who_work_on_it_each_time(app, tmp_path, monkeypatch):
    app.static_folder, before = str(tmp_path), app.static_folder
    try:
        with app.test_request_context():
            addresses = []
            for content in ("a", "b"):
                (tmp_path / "x.css").write_text(content)
                monkeypatch.setattr(app, "debug", False)
                kept = asset("x.css")
                monkeypatch.setattr(app, "debug", True)
                addresses.append((kept, asset("x.css")))
    finally:
        app.static_folder = before
    assert addresses[0][0] == addresses[1][0] == addresses[0][1] != addresses[1][1]


@pytest.mark.parametrize("written", ["{{ 100 | percent }}", "{{ [100 | percent] | join }}"])
def test_what_a_template_says_of_a_constant_is_said_to_who_reads_it(app, written):
    """Jinja would work it out once, for whoever has a page compiled."""
    with app.test_request_context(), in_language("en"):
        template = app.jinja_env.from_string(written)
        assert template.render() == "100%"
    with app.test_request_context(), in_language("de"):
        assert template.render() == "100\N{NO-BREAK SPACE}%"
