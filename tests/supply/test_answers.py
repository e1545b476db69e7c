"""What an answer is, and in which letters it is written, stands in its head."""

import pytest

PLACES = ("/de/", "/de/sign-in", "/de/nowhere", "/nowhere.php", "/robots.txt", "/sitemap.xml", "/healthz",
          "/static/css/app.css", "/static/js/menu.js", "/static/icons/favicon.svg", "/de/projects/feed.atom",
          "/de/projects/feed.json", "/de/calendar.ics", "/de/app.webmanifest", "/de/record/checkpoints.json")


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_says_its_kind_and_its_letters(app, visit, path):
    answer = visit().get(path)
    assert answer.status in (200, 404)
    kind = answer.headers["Content-Type"]
    if kind.startswith("text/") or kind.partition(";")[0].endswith("xml"):
        assert "charset=utf-8" in kind.lower()
    else:
        assert "json" in kind
