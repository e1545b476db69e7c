"""How long pages take is counted by the name of the page, in every process, and costs next to nothing."""

import logging
import subprocess
import sys
import threading

import pytest

from incubator.foundation import measures, measures_shared
from incubator.foundation.measures import Measured
from incubator.foundation.measures_shared import SECONDS, WIDTH, Figures

ELSEWHERE = """
import sys
from pathlib import Path
from incubator.foundation.measures_shared import Figures
figures = Figures(Path(sys.argv[1]))
figures.begin(), figures.begin()
figures.end("a.page", "2", 3, 0.5)
if sys.argv[2] == "stays":
    print("ready", flush=True)
    sys.stdin.read()
"""


def _counted(app):
    return app.extensions["measures"].figures.all()[1]


def _number(row):
    return sum(row[:SECONDS])


def test_a_page_is_counted_by_its_name_and_kind_of_answer(app, visit):
    before = {series: _number(row) for series, row in _counted(app).items()}
    visitor = visit()
    for path in ("/healthz", "/de/projects/nothing-here", "/no/such/place", "/"):
        visitor.get(path)
    new = {series for series, row in _counted(app).items() if _number(row) > before.get(series, 0)}
    assert {("healthz", "2"), ("progress.project", "4"), ("nowhere", "4")} <= new
    assert app.extensions["measures"].figures.all()[0] == 0, "nothing is being answered any more"


def test_no_address_becomes_a_name(app, visit):
    for path in ("/de/follow/manage/7-canary", "/canary", "/de/canary?canary=1", "/static/canary.css"):
        visit().get(path)
    assert not any("canary" in route for route, _kind in _counted(app))


def test_a_page_that_breaks_counts_as_broken(app):
    def inner(environ, start):
        raise RuntimeError

    layer = Measured(inner, None, trusts=False, writes="off")
    with pytest.raises(RuntimeError):
        layer({"REQUEST_METHOD": "GET"}, lambda *_: None)
    running, rows = layer.figures.all()
    assert (running, [series[1] for series in rows]) == (0, ["5"])


def test_many_threads_lose_no_count():
    figures = Figures(None)

    def count():
        for number in range(2000):
            figures.begin()
            figures.end(f"page {number % 7}", "2", 1, 0.001)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    running, rows = figures.all()
    assert (running, sum(map(_number, rows.values()))) == (0, 8000)


def test_when_there_is_no_place_left_it_is_counted_all_the_same():
    figures = Figures(None)
    for number in range(measures_shared.PLACES // WIDTH + 50):
        figures.begin()
        figures.end(f"page {number}", "2", 0, 0.0)
    _running, rows = figures.all()
    assert sum(map(_number, rows.values())) == measures_shared.PLACES // WIDTH + 50
    assert _number(rows[measures_shared.OTHERS]) > 1


def _other(folder, how):
    return subprocess.Popen([sys.executable, "-c", ELSEWHERE, str(folder), how], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True)


def test_several_processes_are_added_up_and_what_ended_stays(tmp_path):
    folder = tmp_path / "measures"
    living = _other(folder, "stays")
    try:
        assert living.stdout.readline() == "ready\n"
        ended = _other(folder, "goes")
        assert ended.wait(30) == 0
        own = Figures(folder)
        own.begin()
        own.end("a.page", "2", 3, 0.25)
        running, rows = own.all()
        assert (_number(rows["a.page", "2"]), rows["a.page", "2"][SECONDS]) == (3, 1.25)
        assert running == 1, "who has ended answers nobody any more"
    finally:
        living.communicate()


def test_where_all_have_ended_counting_begins_anew(tmp_path):
    folder = tmp_path / "measures"
    assert _other(folder, "goes").wait(30) == 0
    assert Figures(folder).all() == (0, {})
    assert len(list(folder.iterdir())) == 2


def test_where_nothing_can_be_written_one_process_counts_for_itself(tmp_path):
    (tmp_path / "measures").write_text("no folder")
    figures = Figures(tmp_path / "measures")
    figures.begin()
    figures.end("a.page", "2", 3, 0.5)
    assert _number(figures.all()[1]["a.page", "2"]) == 1


def test_a_slow_page_is_told_in_the_log_without_its_address(app, caplog, monkeypatch):
    monkeypatch.setattr(measures, "SLOW", -1.0)
    layer = Measured(lambda environ, start: start("200 OK", []) or [], None, trusts=False, writes="slow")
    layer({"REQUEST_METHOD": "GET", "PATH_INFO": "/de/follow/manage/7-canary"}, lambda *_: None)
    assert "GET nowhere 2xx" in caplog.text and "canary" not in caplog.text


def test_whoever_wants_it_has_a_line_for_every_request(app, caplog):
    caplog.set_level(logging.INFO, "incubator.requests")
    layer = Measured(lambda environ, start: start("404 NO", []) or [], None, trusts=False, writes="all")
    layer({"REQUEST_METHOD": "GET"}, lambda *_: None)
    assert "GET nowhere 4xx" in caplog.text
