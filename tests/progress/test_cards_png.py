"""The picture of a page where it is shared: what it says, that it fits, and that it is made once."""

import io
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from incubator.documents import press
from incubator.foundation import folders, language
from incubator.foundation.transaction import transaction
from incubator.progress import cards_png, jobs_sharing, store_sharing
from incubator.projects.lifecycle import PUBLIC, Status
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from incubator.wording.queries import Passage

PATH = "/de/projects/offen/card.png"
LONGEST = "Donaudampfschifffahrtsgesellschaftserzählungen " * 4
TITLES = ["Küche", LONGEST, "x" * 200, "Кухня сусідів і сад мов для всіх, хто хоче", "مطبخ الجيران: نطبخ معًا " * 7,
          "#panic() $x$ *fett* \\ \"", "مرحبا Küche 12 % (neu) \u202e", "Küche mit Turm a" + "\u0301" * 40]


@pytest.fixture
def project(make):
    return make.project("active", slug="offen", title="Offene Küche", summary="Wir kochen zusammen.")


@pytest.fixture
def said(monkeypatch):
    """What is handed to the press while pages are opened."""
    seen, real = [], press._set

    def note(kind, content, **options):
        seen.append(content)
        return real(kind, content, **options)

    monkeypatch.setattr(press, "_set", note)
    return seen


def _picture(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_a_card_is_a_small_picture_of_the_usual_size(visit, project):
    answer = visit().get(PATH)
    assert answer.headers["Content-Type"] == "image/png"
    assert _picture(answer.data).size == (1200, 630)
    assert len(answer.data) < 100_000


def test_it_says_title_place_and_how_far_the_project_is(visit, make, project, said):
    make.milestone(project, status="accepted", weight=1)
    make.milestone(project, status="in_progress", weight=1)
    with transaction():
        translate("project", project.id, "title", "ar", "مطبخ مفتوح", of=project.title, origin=Origin.AUTHOR)
    for code in ("de", "ar"):
        visit().get(PATH.replace("/de/", f"/{code}/"))
    german, arabic = said
    assert (german["title"]["text"].strip("\u2068\u2069"), german["share"]) == ("Offene Küche", 50)
    assert "50" in german["line"]
    assert (arabic["title"]["text"].strip("\u2068\u2069"), arabic["direction"]) == ("مطبخ مفتوح", "rtl")
    assert project.district.name in german["kicker"]


def test_the_programme_has_a_card_in_every_language(visit, said):
    for code in ("de", "de-simple", "ar", "uk"):
        assert _picture(visit().get(f"/{code}/card.png").data).size == (1200, 630)
    assert len({content["title"]["text"] for content in said} | {content["language"] for content in said}) > 3


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("code", ["de", "ar"])
def test_no_title_leaves_the_card(app, title, code):
    """The rim stays as empty as on the card of a short title."""
    with language.in_language(code):
        long, short = (
            _picture(cards_png.png(cards_png.of_project(Passage(each, "de"), "Wohnen", "Schinkel", "Läuft", 40)))
            for each in (title, "Ja")
        )
    for box in ((0, 0, 60, 630), (1140, 0, 1200, 630), (0, 0, 1200, 90), (0, 455, 1200, 630)):
        left, right = (each.convert("L").crop(box) for each in (long, short))
        assert max(abs(a - b) for a, b in zip(left.tobytes(), right.tobytes(), strict=True)) < 60, box


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_title_makes_a_card(app, text):
    shows = cards_png.of_project(Passage(text, "xx"), text, text, text, None)
    assert cards_png.png(shows).startswith(b"\x89PNG")


def test_an_unchanged_card_is_neither_made_nor_sent_again(visit, project, said):
    first = visit().get(PATH)
    assert "no-cache" in first.headers["Cache-Control"]
    assert visit().get(PATH, headers={"If-None-Match": first.headers["ETag"]}).status == 304
    assert visit().get(PATH).data == first.data
    assert len(said) == 1


def test_a_changed_title_is_on_the_card_and_in_its_address_at_once(visit, project, said):
    before, old = visit().get(PATH).data, visit().get("/de/projects/offen").soup.select_one("[property='og:image']")
    with transaction():
        project.title = "Neuer Name"
    assert visit().get(PATH).data != before
    assert said[-1]["title"]["text"].strip("\u2068\u2069") == "Neuer Name"
    assert visit().get("/de/projects/offen").soup.select_one("[property='og:image']") != old


@pytest.mark.parametrize("status", sorted(set(Status) - PUBLIC))
def test_a_project_that_is_not_public_has_nothing_to_share(visit, make, status):
    make.project(status, slug="geheim", title="Geheim")
    for path in ("card.png", "qr.svg", "poster", "poster.pdf", "share"):
        assert visit().get(f"/de/projects/geheim/{path}").status == 404, path
    assert visit().get("/de/embed/projects/geheim").status == 404


def test_a_card_that_was_made_is_not_shown_once_its_project_is_hidden(visit, project):
    etag = visit().get(PATH).headers["ETag"]
    with transaction():
        project.status = Status.WITHDRAWN
    assert visit().get(PATH, headers={"If-None-Match": etag}).status == 404


def test_others_may_show_the_picture(visit, project):
    assert visit().get(PATH).headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def _together(app, work, number):
    barrier = threading.Barrier(number)

    def run(at):
        with app.app_context():
            barrier.wait(20)
            return work(at)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_a_burst_makes_a_card_once(app):
    made = []

    def make(content):
        made.append(content)
        threading.Event().wait(0.2)
        return b"picture"

    assert _together(app, lambda at: store_sharing.kept({"a": 1}, ".png", make), 8) == [b"picture"] * 8
    assert len(made) == 1


def test_many_different_ones_at_once_are_asked_to_come_back(app):
    go = threading.Event()

    def make(content):
        go.wait(20)
        return b"picture"

    def ask(at):
        try:
            return store_sharing.kept({"at": at}, ".png", make)
        except store_sharing.TooBusy:
            go.set()
            return None

    answers = _together(app, ask, store_sharing.MOST_AT_ONCE + 1)
    assert answers.count(None) == 1
    assert answers.count(b"picture") == store_sharing.MOST_AT_ONCE


def test_somebody_who_comes_at_a_busy_moment_is_told_when_to_come_again(visit, project, monkeypatch):
    monkeypatch.setattr(store_sharing, "MOST_AT_ONCE", 0)
    answer = visit().get(PATH)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "3")


def test_what_a_killed_maker_left_is_in_nobody_s_way(app):
    path = folders.place(store_sharing.folder(), store_sharing.fingerprint({"a": 1}), ".png")
    path.parent.mkdir(parents=True)
    path.with_suffix(".part").write_bytes(b"half")
    assert store_sharing.kept({"a": 1}, ".png", lambda content: b"whole") == b"whole"
    assert path.read_bytes() == b"whole"


def test_a_maker_that_fails_leaves_the_place_free(app):
    def fail(content):
        raise press.CannotPrint("broken")

    for _each in range(store_sharing.MOST_AT_ONCE + 1):
        with pytest.raises(press.CannotPrint):
            store_sharing.kept({"a": 1}, ".png", fail)
    assert store_sharing.kept({"a": 1}, ".png", lambda content: b"whole") == b"whole"


def test_what_nobody_asks_for_is_removed_after_a_day(app):
    for number in (1, 2):
        store_sharing.kept({"a": number}, ".png", lambda content: b"picture")
    paths = [folders.place(store_sharing.folder(), store_sharing.fingerprint({"a": n}), ".png") for n in (1, 2)]
    for path in paths:
        os.utime(path, (path.stat().st_mtime - 2 * folders.A_DAY,) * 2)
    store_sharing.kept({"a": 2}, ".png", lambda content: b"never")
    jobs_sharing.sweep_shared()
    assert [path.exists() for path in paths] == [False, True]


def test_the_folder_is_never_fuller_than_it_may_be(app, monkeypatch):
    monkeypatch.setattr(store_sharing, "MOST_KEPT", 2)
    for number, name in enumerate(("first", "second")):
        store_sharing.kept({"name": name}, ".png", lambda _content: b"made")
        os.utime(folders.place(store_sharing.folder(), store_sharing.fingerprint({"name": name}), ".png"),
                 (1000 + number, 1000 + number))
    store_sharing.kept({"name": "first"}, ".png", lambda _content: b"never")
    store_sharing.kept({"name": "third"}, ".pdf", lambda _content: b"made")
    again = []
    for name, ending in (("first", ".png"), ("third", ".pdf"), ("second", ".png")):
        store_sharing.kept({"name": name}, ending, lambda content: again.append(content["name"]) or b"made")
    assert again == ["second"]
    assert len(list(store_sharing.folder().glob("*/*"))) == 2
