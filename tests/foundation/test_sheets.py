"""The style sheet of others is given without what no page uses, and loses nothing that one does."""

import os

import pytest

from incubator.foundation import sheets
from incubator.foundation.sheets import Words, trimmed

WORDS = Words(['<a class="kern-btn kern-btn--{{ kind }} plain">', "b { color: var(--kern-red) }"])


@pytest.fixture
def unmade(monkeypatch, tmp_path):
    """A program of three files whose sheets were not made yet."""
    for name in sheets.NAMES.values():
        place = tmp_path / "static" / sheets.WHOLE / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(".kern-btn{color:red}.kern-card{color:red}")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text('<a class="kern-btn">')
    monkeypatch.setattr(sheets, "ROOT", tmp_path)
    monkeypatch.setattr(sheets, "_fresh", set())
    return tmp_path


@pytest.mark.parametrize(("whole", "left"), [
    (".kern-btn{color:red}.kern-card{color:red}", ".kern-btn{color:red}"),
    (".kern-btn--large:hover,.kern-card a{color:red}", ".kern-btn--large:hover{color:red}"),
    ("a,.plain b,[data-x]{color:red}", "a,.plain b,[data-x]{color:red}"),
    ("a:not(.kern-card){color:red}", "a:not(.kern-card){color:red}"),
    (".kern-btn .kern-card__head{color:red}", ""),
    ("@media (min-width:1em){.kern-card{color:red}}", ""),
    ("@media (min-width:1em){.kern-card{color:red}.kern-btn{color:red}}",
     "@media (min-width:1em){.kern-btn{color:red}}"),
    ("@keyframes turn{to{rotate:1turn}}", "@keyframes turn{to{rotate:1turn}}"),
    (".kern-btn{color:red!important}", ".kern-btn{color:red!important}"),
])
def test_a_rule_stays_where_something_of_ours_may_match_it(whole, left):
    assert trimmed(whole, WORDS) == left


def test_a_variable_stays_where_something_that_stays_names_it():
    whole = ":root{--kern-red:var(--deep);--deep:#f00;--lost:var(--too);--too:1;--own:2}.kern-btn{width:var( --own,3)}"
    assert trimmed(whole, WORDS) == ":root{--kern-red:var(--deep);--deep:#f00;--own:2}.kern-btn{width:var( --own,3)}"


def test_it_is_made_anew_when_a_page_asks_for_more(unmade):
    sheets.make_newer.__wrapped__()
    made = unmade / "static" / sheets.name_of("ltr")
    assert "card" not in made.read_text()
    (unmade / "templates" / "more.html").write_text('<a class="kern-card">')
    os.utime(made, (0, 0))
    sheets.make_newer.__wrapped__()
    assert "card" in made.read_text()


def test_where_nothing_may_be_written_the_whole_is_given(unmade):
    (unmade / "static" / sheets.MADE).write_text("a file where a folder should be")
    sheets.make_newer.__wrapped__()
    assert sheets.name_of("rtl") == f"{sheets.WHOLE}/kern.rtl.min.css"


@pytest.mark.parametrize(("path", "name"), [("/de/", "kern.min.css"), ("/ar/", "kern.rtl.min.css")])
def test_pages_name_it_and_it_is_small(app, visit, path, name):
    sheet = visit().get(path).soup.select_one(f"link[href*='/made/{name}']")["href"]
    answer = visit().get(sheet)
    assert answer.status == 200 and len(answer.text) < 60_000


def test_whoever_works_on_the_program_gets_the_whole(app, visit, monkeypatch):
    monkeypatch.setattr(app, "debug", True)
    assert visit().get("/de/").soup.select_one(f"link[href*='/{sheets.WHOLE}/kern.min.css']")
