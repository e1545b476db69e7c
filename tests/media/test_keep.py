"""Keeping, showing and hiding photos."""

import os
from datetime import date, timedelta

import pytest

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.media import jobs, operations, queries, rules, store
from tests.media import samples

WORDS = {"alt": "Zwei Flächen", "alt_language": "de", "project_id": None}


@pytest.fixture
def kept(app):
    with transaction():
        photo = operations.keep(samples.jpeg(), None, **WORDS)
    return photo


def published(**fields):
    with transaction():
        photo = operations.keep(samples.jpeg(), None, **WORDS | fields)
        operations.publish(photo)
    return photo


def files():
    return sorted(path.name for path in store.folder().rglob("*.*") if path.name != ".swept")


def test_both_sizes_lie_under_a_random_key(kept):
    assert files() == [f"{kept.key}-small.jpg", f"{kept.key}.jpg"]
    assert store.place(kept.key).parent.name == kept.key[:2]


def test_a_photo_without_words_is_refused(app):
    with pytest.raises(RuleBroken), transaction():
        operations.keep(samples.jpeg(), None, **WORDS | {"alt": "  "})


def test_a_new_photo_is_not_public(kept, visit):
    assert visit().get(f"/media/{kept.key}.jpg").status == 404


def test_everyone_may_see_a_published_photo_in_both_sizes(app, visit):
    photo = published()
    for end in (".jpg", "-small.jpg"):
        answer = visit().get(f"/media/{photo.key}{end}")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert answer.data.startswith(b"\xff\xd8\xff")


def test_a_known_photo_is_not_sent_again(app, visit):
    path = f"/media/{published().key}.jpg"
    etag = visit().get(path).headers["ETag"]
    assert visit().get(path, headers={"If-None-Match": etag}).status == 304


def test_withdrawing_hides_at_once(app, visit):
    photo = published()
    with transaction():
        operations.withdraw(photo, None)
    assert visit().get(f"/media/{photo.key}.jpg").status == 404
    assert queries.photo(photo.key) is None


@pytest.mark.parametrize("path", ["/media/../../incubator.db.jpg", "/media/%2e%2e%2fincubator.jpg", "/media/x.jpg",
                                  f"/media/{'.' * 32}.jpg", f"/media/{'0' * 32}.jpg"])
def test_no_address_leads_out_of_the_folder(app, visit, path):
    assert visit().get(path).status in (302, 404)


def test_people_who_have_not_agreed_are_never_shown(app):
    with pytest.raises(RuleBroken), transaction():
        operations.publish(operations.keep(samples.jpeg(), None, shows_people=True, **WORDS))


def test_a_photo_is_hidden_when_the_consent_ends(app, visit):
    photo = published(shows_people=True, consent_until=date(2026, 3, 31))
    clock.set(date(2026, 4, 1))
    assert visit().get(f"/media/{photo.key}.jpg").status == 404
    jobs.hide_where_consent_ended()
    assert not queries.photo(photo.key).is_public


def test_a_consent_without_a_last_day_lasts_three_years():
    assert rules.consent_ends(date(2028, 2, 29)) == date(2031, 2, 28)
    assert rules.consent_ends(date(2026, 3, 1)) == date(2029, 3, 1)


def _age(hours):
    for path in store.folder().rglob("*.*"):
        then = path.stat().st_mtime - hours * 3600
        os.utime(path, (then, then))


def test_files_without_a_row_go_after_a_day(kept):
    with pytest.raises(RuntimeError), transaction():
        operations.keep(samples.png(), None, **WORDS)
        raise RuntimeError("the transaction fails")
    (store.folder() / "ab").mkdir(exist_ok=True)
    (store.folder() / "ab" / "half.part").write_bytes(b"half")
    assert len(files()) == 5
    _age(hours=25)
    jobs.sweep_files()
    assert files() == [f"{kept.key}-small.jpg", f"{kept.key}.jpg"]


def test_young_files_stay(app):
    with pytest.raises(RuntimeError), transaction():
        operations.keep(samples.png(), None, **WORDS)
        raise RuntimeError("the transaction fails")
    _age(hours=23)
    jobs.sweep_files()
    assert len(files()) == 2


def test_the_files_of_a_withdrawn_photo_go_after_thirty_days(kept):
    with transaction():
        operations.withdraw(kept, None)
    _age(hours=25)
    jobs.sweep_files()
    assert len(files()) == 2
    clock.set(clock.now() + timedelta(days=31))
    (store.folder() / ".swept").unlink()
    jobs.sweep_files()
    assert files() == []


def test_the_folder_is_swept_once_a_day(kept):
    jobs.sweep_files()
    with transaction():
        operations.withdraw(kept, None)
    clock.set(clock.now() + timedelta(days=31))
    _age(hours=1000)
    assert store.sweep(lambda keys: set()) == 0
