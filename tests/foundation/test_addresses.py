"""What may stand in an address."""

import flask
import pytest
from werkzeug.routing import BuildError

from incubator.foundation import addresses


@pytest.mark.parametrize("number", ["2147483648", "99999999999", "-1", "٣", "1_0"])
def test_a_number_no_row_can_have_is_no_page(app, make, visit, number):
    assert visit(make.person("administrator")).get(f"/de/desk/people/{number}").status == 404


@pytest.mark.parametrize("path", [
    "/de/projects/a%00b", "/de/districts/%00", "/de/rounds/a%1bb", "/de/projects/a%00/history",
])
def test_a_word_no_database_keeps_is_no_page(any_database, visit, path):
    assert visit().get(path).status == 404


@pytest.mark.parametrize(("query", "number"), [
    ("before=7", 7), ("before=0", None), ("before=-1", None), ("before=abc", None), ("", None),
    ("before=1&before=x", 1),
    ("before=2147483647", 2147483647), ("before=2147483648", None), ("before=" + "9" * 5000, None),
])
def test_a_number_behind_the_question_mark_is_one_a_row_can_have(app, query, number):
    with app.test_request_context(f"/?{query}"):
        assert addresses.asked_number("before") == number


def test_words_behind_the_question_mark_lose_what_no_database_keeps(app):
    with app.test_request_context("/?q=%20a%00b%0a%0a%20c%1b%20"):
        assert addresses.asked_text("q", 10) == "ab c"
        assert addresses.asked_text("q", 2) == "ab"
        assert addresses.asked_text("none", 10) == ""


@pytest.mark.parametrize("path", ["/de/desk/people", "/de/demo/letters"])
def test_older_rows_than_any_are_an_ordinary_page(any_database, make, visit, path):
    any_database.config["DEMO"] = True
    assert visit(make.person("administrator")).get(f"{path}?before=99999999999999999999").status == 200


def test_an_address_in_a_page_is_the_one_that_flask_builds(app):
    url_for = app.jinja_env.globals["url_for"]
    for language in ("de", "ar", "de"):
        with app.test_request_context(f"/{language}/"):
            app.preprocess_request()
            for endpoint, values in (
                ("progress.home", {}), ("progress.project", {"slug": "ein-garten"}), ("progress.projects", {"q": "ü"}),
                ("progress.projects", {"q": ["a", "b"]}), ("progress.home", {"language": "tr"}),
                ("static", {"filename": "a.css", "v": 1}), ("static", {"filename": "a.css", "v": True}),
                ("progress.home", {"_external": True}),
            ):
                assert url_for(endpoint, **values) == flask.url_for(endpoint, **values)


def test_an_address_that_leads_nowhere_is_an_error_each_time(app):
    with app.test_request_context("/de/"):
        for _ in range(2):
            with pytest.raises(BuildError):
                app.jinja_env.globals["url_for"]("progress.nowhere")
