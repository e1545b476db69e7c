"""Which language a visitor reads."""

import pytest
from werkzeug.datastructures import LanguageAccept

from incubator.foundation import language


@pytest.mark.parametrize(("accepted", "cookie", "code"), [
    ([("ar", 1)], None, "ar"),
    ([("arb", 1)], None, "ar"),
    ([("ar-SY", 1)], None, "ar"),
    ([("en-GB", 1), ("de", 0.5)], None, "en"),
    ([("sv", 1), ("en", 0.5)], None, "en"),
    ([("sv", 1)], None, "de"),
    ([], None, "de"),
    ([("ar", 1)], "en", "en"),
    ([("ar", 1)], "klingon", "ar"),
    ([("prs", 1)], None, "fa"),
    ([("fa-AF", 1)], None, "fa"),
    ([("de-x-ls", 1)], None, "de-simple"),
    ([("de-simple", 1)], None, "de-simple"),
    ([("de-AT", 1)], None, "de"),
    ([("kmr", 1), ("tr", 0.5)], None, "tr"),
    ([("kmr", 1)], None, "de"),
    ([("zh-Hans-CN", 1)], None, "de"),
    ([("ar", 0), ("pl", 0.1)], None, "pl"),
    ([("ar", 0)], None, "de"),
    ([("uk-UA", 1), ("ru", 0.9)], None, "uk"),
])
def test_the_last_choice_wins_then_the_browsers_wish(accepted, cookie, code):
    assert language.negotiate(LanguageAccept(accepted), cookie).code == code


def test_a_letter_speaks_its_own_language_and_gives_the_word_back(app):
    with language.in_language("ar"):
        assert language.current().dir == "rtl"
        with language.in_language("en"):
            assert language.current().code == "en"
        assert language.current().code == "ar"
    assert language.current().code == "en"


def test_every_language_has_an_address_of_its_own():
    assert len({each.code for each in language.LANGUAGES}) == len(language.LANGUAGES)
    assert all(language.BY_CODE[each.code] is each for each in language.LANGUAGES)


@pytest.mark.parametrize("code", ["de", "de-simple", "fa"])
def test_a_page_names_itself_in_every_language(app, visit, code):
    soup = visit().get(f"/{code}/themes/?q=Garten").soup
    linked = {each["hreflang"]: each["href"] for each in soup.select("link[rel=alternate][hreflang]")}
    assert linked == {
        **{each.html: f"http://localhost/{each.code}/themes/" for each in language.LANGUAGES},
        "x-default": "http://localhost/themes/",
    }
    assert (soup.html["lang"], soup.html["dir"]) == (code, language.named(code).dir)


def test_networks_are_told_a_language_with_its_country():
    told = {each.code: each.locale for each in language.LANGUAGES}
    assert told == {"de": "de_DE", "de-simple": "de_DE", "en": "en_US", "tr": "tr_TR", "ar": "ar_EG", "ru": "ru_RU",
                    "uk": "uk_UA", "pl": "pl_PL", "fr": "fr_FR", "fa": "fa_IR"}


def test_the_menu_offers_the_same_page_in_every_language_under_its_own_name(app, visit):
    menu = visit().get("/de/projects/?q=Garten&stage=budget").soup.select("a[hreflang]")
    offered = {link["hreflang"]: (link["href"], link.get_text(strip=True), link.get("lang")) for link in menu}
    for each in language.LANGUAGES:
        assert offered[each.html] == (f"/{each.code}/projects/?q=Garten&stage=budget", each.name, each.html)


@pytest.mark.parametrize(("code", "reader", "name"), [
    ("fa", "de", "Persisch"), ("uk", "ar", "الأوكرانية"), ("de-simple", "fa", "Leichte Sprache"),
    ("de", "de@simple", "Deutsch"),
])
def test_a_language_is_named_in_the_readers(code, reader, name):
    assert language.name_of(code, reader) == name


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/ar/nowhere", 404), ("POST", "/ar/nowhere", 404), ("DELETE", "/ar/projects/", 405),
    ("GET", "/ar/sign-out", 405),
])
def test_an_address_that_leads_nowhere_is_answered_in_its_own_language(app, visit, method, path, status):
    answer = visit().open(path, method=method, headers={"Accept-Language": "en"})
    assert (answer.status, answer.soup.html["lang"]) == (status, "ar")
    assert "Accept-Language" not in answer.response.vary


@pytest.mark.parametrize("path", ["/nowhere", "/xx/projects/", "/static/nothing.css"])
def test_an_address_without_language_that_leads_nowhere_is_answered_in_the_visitors(app, visit, path):
    answer = visit().get(path, headers={"Accept-Language": "ar"})
    assert (answer.status, answer.soup.html["lang"]) == (404, "ar")
    assert "Accept-Language" in answer.response.vary


def test_a_wrong_method_is_told_which_ones_are_right(app, visit):
    assert set(visit().get("/de/sign-out").headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
