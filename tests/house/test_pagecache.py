"""What strangers are shown from the page cache is what the program would show them at this moment, and nothing else."""

import re
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import flask
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import config
from incubator import create_app
from incubator.foundation import clock, pagecache_setup
from incubator.foundation.database import db
from incubator.foundation.language import LANGUAGES
from incubator.foundation.pagecache import PageCache, counts
from incubator.foundation.transaction import transaction
from incubator.milestones.models import Update, UpdateState
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.house.strangers import Stranger, differences, is_kept, told
from tests.house.world import address, build

SECRET = "nobody-may-read-this"
CODES = [each.code for each in LANGUAGES]


@pytest.fixture
def kept(any_database: flask.Flask) -> Iterator[PageCache]:
    """Put the cache in front of the house, which other tests do without."""
    inner, before = any_database.wsgi_app, dict(any_database.config)
    any_database.config |= {"PAGE_CACHE_MB": 8.0, "PAGE_CACHE_SECONDS": 0.0}
    pagecache_setup.set_up(any_database, config.ROOT)
    try:
        yield any_database.extensions["page_cache"]
    finally:
        any_database.wsgi_app = inner  # type: ignore[method-assign]
        any_database.extensions.pop("page_cache")
        any_database.config.update(before)


class Town:
    """A world, the pages of it that everybody may open, and what can happen to them."""

    def __init__(self, app: flask.Flask, make: Any) -> None:
        self.app, self.make, self.world, self.number = app, make, build(make), 0
        rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())
                 and getattr(app.view_functions[rule.endpoint], "is_public", False) and "language" in rule.arguments
                 and "token" not in rule.arguments]
        self.pages = sorted({address(rule, self.world).removeprefix("/de") for rule in rules})
        self.pages += ["/projects/?stage=running", "/projects/?q=Stand", "/search?q=Stand", "/?utm_source=letter"]

    def project(self) -> Any:
        return db.session.get(type(self.world.project), self.world.project.id)

    def rename(self) -> None:
        """Change a row past every operation, so that no entry of the journal tells of it."""
        with transaction():
            self.number += 1
            self.project().title = f"Stand {self.number}"

    def publish(self) -> None:
        self.make.update(self.project(), by=self.world.people["lead"], title=f"Neues {self.number}")

    def draft(self) -> None:
        self.make.update(self.project(), state="draft", by=self.world.people["lead"], title=SECRET, text=SECRET)

    def withdraw(self) -> None:
        with transaction():
            shown = db.session.scalars(sa.select(Update).where(Update.state == UpdateState.PUBLISHED))
            for each in list(shown)[:1]:
                each.state = UpdateState.WITHDRAWN

    def translate(self) -> None:
        with transaction():
            translate("project", self.project().id, "title", "ar", f"حال {self.number}", of=self.project().title,
                      origin=Origin.AUTHOR)

    def wait(self) -> None:
        clock.set(clock.unwatched_now() + timedelta(minutes=47))

    def sleep(self) -> None:
        clock.set(clock.unwatched_now() + timedelta(days=1))


ACTS = ("rename", "publish", "draft", "withdraw", "translate", "wait", "sleep")
moves = st.lists(st.tuples(
    st.sampled_from((*ACTS, "nothing", "nothing")), st.integers(0, 10_000), st.sampled_from(CODES), st.booleans(),
), min_size=4, max_size=14)


@pytest.mark.long
def test_strangers_see_what_the_program_would_show_them_now(any_database, kept, make, visit):
    town, before = Town(any_database, make), counts.hits
    stranger, plain = Stranger(any_database), Stranger(any_database, kept.inner)
    lead = visit(town.world.people["lead"])

    @settings(max_examples=8, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(moves)
    def walk(story: Any) -> None:
        for act, place, code, is_watched in story:
            getattr(town, act, lambda: None)()
            path = f"/{code}{town.pages[place % len(town.pages)]}"
            if is_watched:
                lead.get(path)
            for _ in range(2):
                shown = stranger.get(path)
                if is_kept(kept, path):
                    assert "Set-Cookie" not in shown.headers and "no-store" not in shown.headers["Cache-Control"], path
                    assert differences(told(shown), told(plain.get(path))) == [], path
                assert SECRET not in shown.get_data(as_text=False).decode("utf-8", "replace"), path

    walk()
    assert counts.hits > before + 20


def test_whoever_is_signed_in_never_reads_from_it_nor_writes_into_it(any_database, kept, make, visit):
    lead, stranger = make.person("lead"), Stranger(any_database)
    for _ in range(2):
        assert "Abmelden" in visit(lead).get("/de/").text
        assert "Abmelden" not in stranger.get("/de/").text


def test_a_page_for_one_reader_is_never_kept(any_database, kept):
    """A sign-in page holds a token of its own."""
    def token() -> str:
        drawn = Stranger(any_database).get("/de/sign-in").text
        return re.findall(r'name="csrf_token"[^>]*value="([^"]+)', drawn)[0]

    assert token() != token()
    assert not kept.pages


def test_the_number_of_a_request_is_never_kept(tmp_path):
    app = create_app({
        "SECRET_KEY": "x", "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/town.db", "INSTANCE": tmp_path,
        "REDIS_URL": "", "TESTING": True, "TRUSTED_HOSTS": None, "PAGE_CACHE_MB": 1.0})
    with app.app_context():
        db.create_all()
    before = counts.hits
    numbers = {Stranger(app).get("/de/").headers.get("X-Request-Id") for _ in range(3)}
    assert (numbers, counts.hits) == ({None}, before + 2)


def test_an_address_without_a_language_is_answered_for_each_reader(any_database, kept):
    stranger = Stranger(any_database)
    first = stranger.get("/", headers={"Accept-Language": "ar"})
    second = stranger.get("/", headers={"Accept-Language": "tr"})
    assert (first.location, second.location) == ("/ar/", "/tr/")


def test_a_question_nobody_asked_for_takes_no_room(any_database, kept):
    stranger = Stranger(any_database)
    for number in range(5):
        assert stranger.get(f"/de/?utm={number}").status_code == 200
    assert not kept.pages


def test_another_host_gets_nothing_from_it(any_database, kept):
    any_database.config["TRUSTED_HOSTS"] = ["localhost"]
    stranger = Stranger(any_database)
    assert stranger.get("/de/").status_code == 200
    assert stranger.get("/de/", base_url="http://evil.example").status_code == 400


def test_a_database_that_is_away_shows_no_old_page(any_database, kept, monkeypatch):
    stranger = Stranger(any_database)
    stranger.get("/de/")
    monkeypatch.setattr(kept.state, "read", lambda: None)
    hits = counts.hits
    stranger.get("/de/")
    assert counts.hits == hits


@pytest.mark.parametrize("path", ["/de/", "/ar/projects/", "/robots.txt", "/sitemap.xml", "/de/projects/feed.atom",
                                  "/de/calendar.ics", "/de/card.png", "/de/privacy", "/de/search?q=a"])
def test_what_is_asked_for_most_is_kept(any_database, kept, make, path):
    make.project(status="active")
    stranger = Stranger(any_database)
    first, hits = stranger.get(path), counts.hits
    again = stranger.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, counts.hits) == (200, 304, hits + 1)


@pytest.mark.long
def test_nobody_sees_a_page_older_than_the_pause_while_many_read_and_one_writes(any_database, kept, make):
    """The page names a number; each answer names one that was stored no longer ago than the pause, or a later one."""
    pause, project = 0.25, make.project(status="active", title="Stand 0")
    kept.pause, stored, wrong, reads = pause, [(0.0, 0)], [], [0]
    over, path = threading.Event(), f"/de/projects/{project.slug}"

    def write() -> None:
        with any_database.app_context():
            for number in range(1, 40):
                with transaction():
                    db.session.get(type(project), project.id).title = f"Stand {number}"
                stored.append((time.monotonic(), number))
                time.sleep(0.03)
        over.set()

    def read(client: Any) -> None:
        while not over.is_set():
            begun = time.monotonic()
            seen = int(re.findall(r"<h1[^>]*>\s*Stand (\d+)", client.get(path).text)[0])
            reads[0] += 1
            if seen < max(number for when, number in list(stored) if when <= begun - pause):
                wrong.append((seen, begun))

    readers = [threading.Thread(target=read, args=(Stranger(any_database),)) for _ in range(4)]
    writer = threading.Thread(target=write)
    for each in (writer, *readers):
        each.start()
    for each in (writer, *readers):
        each.join()
    assert wrong == []
    assert reads[0] > 40
