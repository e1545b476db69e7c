"""What programs that watch are told, and who may ask."""

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError

from incubator.desk import queries_machine
from incubator.foundation import clock, queue, sightings
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters import operations as letters
from incubator.letters.operations import Draft

OUTSIDE, INSIDE = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "10.1.2.3"}
TOKEN = "a token that is long enough"


def _figures(answer):
    """Return {(name, labels): value} of everything told."""
    return {
        (sample.name.removeprefix("incubator_"), *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text) for sample in family.samples
    }


def _told(visit, **options):
    answer = visit().get("/metrics", **options)
    assert answer.status == 200
    return _figures(answer)


def test_it_says_how_things_are(any_database, make, visit, mailbox):
    with transaction():
        letters.write_many([Draft(f"m{each}", f"p{each}@example.org", "de", "Betreff", "Text") for each in range(3)])
    clock.set(clock.now() + timedelta(minutes=20))
    told = _told(visit)
    assert told["letters_due",] == 3 and told["letters_age_seconds",] == 1200
    assert told["letters_undelivered", "given up"] == 0
    mailbox.refuse = True
    letters.post()
    told = _told(visit)
    assert told["letters_undelivered", "tried in vain"] == 3 and told["letters_due",] == 0
    assert told["database_up",] == 1 and told["database_bytes",] > 100_000 and told["disk_free_bytes",] > 0
    assert told["journal_position",] == told["outbox_open",] == told["deliveries_failing",] == 0


def test_what_was_never_seen_is_infinitely_long_ago(app, visit):
    told = _told(visit)
    assert told["worker_silent_seconds",] == told["backup_age_seconds",] == float("inf")
    for kind in ("worker", "backup"):
        sightings.note(kind)
    sightings.note("journal", entries=9, wrong=1)
    sightings.note("certificate", until=(clock.now() + timedelta(days=9)).isoformat(), refused="")
    clock.set(clock.now() + timedelta(minutes=1))
    told = _told(visit)
    assert told["worker_silent_seconds",] == told["backup_age_seconds",] == 60
    assert told["journal_wrong",] == 1 and told["journal_checked_age_seconds",] == 60
    assert told["certificate_left_seconds",] == 9 * 86400 - 60


def test_a_certificate_that_browsers_refuse_holds_no_longer(app, visit):
    sightings.note("certificate", until=None, refused="certificate has expired")
    assert _told(visit)["certificate_left_seconds",] == 0


def test_pages_are_told_by_their_name(app, visit):
    before = _told(visit)
    visit().get("/de/projects/nowhere-at-all")
    told = _told(visit)
    name = ("request_seconds_count", "4xx", "progress.project")
    assert told[name] == before.get(name, 0) + 1
    assert told["requests_in_flight",] == 1, "this very question"
    assert "nowhere-at-all" not in visit().get("/metrics").text


def test_redis_is_told_where_there_is_one(app, valkey, visit):
    told = _told(visit)
    assert (told["redis_up",], told["wakeups_waiting",], told["wakeups_age_seconds",]) == (1, 0, 0)
    queue.wake("incubator.letters.jobs.post", 1)
    assert _told(visit)["wakeups_waiting",] == 1
    app.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    told = _told(visit)
    assert told["redis_up",] == 0 and ("wakeups_waiting",) not in told


def test_it_answers_while_the_database_is_away(app, visit, monkeypatch):
    def away(instance):
        raise OperationalError("SELECT 1", None, Exception("away"))

    monkeypatch.setattr(queries_machine, "machine", away)
    told = _told(visit)
    assert told["database_up",] == 0 and ("journal_position",) not in told
    assert ("requests_in_flight",) in told


def test_the_page_cache_is_told(app, visit, monkeypatch):
    class Counts:
        hits, misses, entries, bytes = 7, 3, 2, 900

    monkeypatch.setattr(queries_machine, "page_cache", lambda: Counts)
    told = {name: value for (name, *_process), value in _told(visit).items()}
    assert (told["page_cache_hits_total"], told["page_cache_misses_total"], told["page_cache_bytes"]) == (7, 3, 900)


@pytest.mark.parametrize(("where", "headers", "token", "proxies", "expected"), [
    ({}, {}, "", 0, 200),
    (INSIDE, {}, "", 0, 200),
    ({"REMOTE_ADDR": "::1"}, {}, TOKEN, 0, 200),
    ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, {}, TOKEN, 0, 200),
    ({"REMOTE_ADDR": "::ffff:203.0.113.7"}, {}, "", 0, 404),
    ({"REMOTE_ADDR": "2001:db8::7"}, {}, "", 0, 404),
    (OUTSIDE, {}, "", 0, 404),
    ({}, {"X-Forwarded-For": "203.0.113.7"}, "", 0, 404),
    ({}, {"Forwarded": "for=203.0.113.7"}, "", 0, 404),
    ({}, {"X-Forwarded-For": "10.1.2.3"}, "", 0, 404),
    ({}, {}, TOKEN, 0, 200),
    (INSIDE, {}, TOKEN, 0, 404),
    (OUTSIDE, {"Authorization": f"Bearer {TOKEN}"}, TOKEN, 0, 200),
    (OUTSIDE, {"Authorization": f"Bearer {TOKEN}x"}, TOKEN, 0, 404),
    (OUTSIDE, {"Authorization": f"Basic {TOKEN}"}, TOKEN, 0, 404),
    (OUTSIDE, {"Authorization": "Bearer "}, "", 0, 404),
    ({"REMOTE_ADDR": "somewhere"}, {}, "", 0, 404),
])
def test_only_who_is_near_or_brings_the_token_may_ask(app, visit, where, headers, token, proxies, expected):
    app.config["METRICS_TOKEN"], app.config["PROXIES"] = token, proxies
    answer = visit().get("/metrics", environ_overrides=where, headers=headers)
    assert answer.status == expected
    assert ("request_seconds" in answer.text) is (expected == 200)
    assert answer.headers["Cache-Control"] == ("no-store" if expected == 200 else answer.headers["Cache-Control"])


def test_no_figure_names_anybody(app, make, visit, mailbox):
    mailbox.refuse = True
    person = make.person("lead", given_name="Canary")
    with transaction():
        letters.write_many([Draft("m", person.mail, "de", "Canary", "Canary")])
    letters.post()
    visit(person).get("/de/desk/me?q=canary")
    said = visit().get("/metrics").text
    assert "anary" not in said and "@" not in said


def test_asking_needs_few_questions_to_the_database(app, visit):
    seen = []

    def count(*given):
        seen.append(given[2])

    with app.app_context():
        db.event.listen(db.engine, "before_cursor_execute", count)
        try:
            visit().get("/metrics")
        finally:
            db.event.remove(db.engine, "before_cursor_execute", count)
    assert len([each for each in seen if each.startswith("SELECT")]) <= 2
