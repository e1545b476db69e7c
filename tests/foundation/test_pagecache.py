"""The page cache keeps what everyone may see, as long as it is still so."""

import threading
import time

import pytest

from incubator.foundation import clock
from incubator.foundation.pagecache import PageCache, counts
from tests.foundation.cached_site import Asked, Rows, Site, ask


def test_a_page_is_drawn_once(cache: PageCache, site: Site) -> None:
    assert ask(cache) == ask(cache)
    assert site.drawn == 1


def test_after_a_change_it_is_drawn_anew(cache: PageCache, rows: Rows) -> None:
    ask(cache)
    rows.number = 1
    assert ask(cache)[2].startswith(b"1 ")


def test_the_database_is_asked_once_a_second_at_most(rows: Rows, site: Site) -> None:
    cache = PageCache(site, rows, room=100_000, pause=60)  # type: ignore[arg-type]
    for _ in range(5):
        ask(cache)
    assert rows.reads == 1


def test_whoever_stores_something_here_sees_it_at_once(rows: Rows, site: Site) -> None:
    cache = PageCache(site, rows, room=100_000, pause=60)  # type: ignore[arg-type]
    ask(cache)
    rows.number = 1
    cache.look_again()
    assert ask(cache)[2].startswith(b"1 ")


def test_a_database_that_is_away_leaves_the_answer_to_the_program(cache: PageCache, rows: Rows, site: Site) -> None:
    ask(cache)
    rows.is_away = True
    ask(cache)
    assert site.drawn == 2


@pytest.mark.parametrize("asked", [
    *({"cookie": each} for each in ("session=x", "__Host-session=x", "a=b; remember_token=x")),
    *({"method": each} for each in ("POST", "PUT", "OPTIONS")), {"authorization": "Bearer x"},
])
def test_whoever_may_be_known_or_changes_something_is_passed_on(
    cache: PageCache, site: Site, asked: dict[str, str]
) -> None:
    ask(cache)
    ask(cache, **asked)
    assert site.drawn == 2


def test_cookies_of_others_change_nothing(cache: PageCache, site: Site) -> None:
    ask(cache)
    ask(cache, cookie="_ga=GA1.2.3")
    assert site.drawn == 1


def test_what_is_not_for_all_is_not_kept(cache: PageCache, site: Site) -> None:
    site.is_for_all = False
    ask(cache)
    ask(cache)
    assert site.drawn == 2
    assert not cache.pages


def test_a_page_that_looks_at_the_moment_is_not_kept(cache: PageCache, site: Site) -> None:
    site.looks = clock.now
    ask(cache)
    ask(cache)
    assert site.drawn == 2


def test_a_page_that_looks_at_the_minute_holds_for_the_minute(cache: PageCache, site: Site) -> None:
    clock.set_free()
    clock.set(clock.unwatched_now().replace(second=10))
    site.looks = clock.minute
    ask(cache)
    clock.set(clock.unwatched_now().replace(second=50))
    ask(cache)
    assert site.drawn == 1
    clock.set(clock.unwatched_now().replace(minute=(clock.unwatched_now().minute + 1) % 60))
    ask(cache)
    assert site.drawn == 2


def test_hosts_addresses_and_questions_are_kept_apart(cache: PageCache) -> None:
    answers = {ask(cache, path, query, host=host)[2]
               for path in ("/de/", "/ar/") for query in ("", "after=3") for host in ("a", "b")}
    assert len(answers) == 4
    assert len(cache.pages) == 8


def test_one_draws_while_the_others_wait(cache: PageCache, site: Site) -> None:
    site.slow = 0.2
    answers: list[Asked] = []
    readers = [threading.Thread(target=lambda: answers.append(ask(cache))) for _ in range(12)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert site.drawn == 1
    assert len({body for _, _, body in answers}) == 1


def test_where_nothing_can_be_kept_nobody_waits_for_another(cache: PageCache, site: Site) -> None:
    site.is_for_all = False
    ask(cache)
    together = threading.Barrier(6)
    site.looks = lambda: together.wait(20)  # breaks unless all six are drawn at the same time
    readers = [threading.Thread(target=lambda: ask(cache)) for _ in range(6)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert not together.broken
    assert site.drawn == 7


def test_one_that_fails_leaves_the_others_to_themselves(cache: PageCache, site: Site) -> None:
    def fail() -> None:
        if site.drawn == 1:
            time.sleep(0.1)
            raise RuntimeError("no")

    site.looks = fail
    answers: list[str] = []

    def read() -> None:
        try:
            answers.append(ask(cache)[0])
        except RuntimeError:
            answers.append("failed")

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert sorted(answers) == ["200 OK"] * 3 + ["failed"]


def test_it_counts_for_the_operator(cache: PageCache) -> None:
    before = counts.hits, counts.misses
    ask(cache)
    ask(cache)
    assert (counts.hits - before[0], counts.misses - before[1]) == (1, 1)
