"""Everything about oneself, to take home: asked for, made by the worker, fetched within a week, nobody else's."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.media import store as media
from incubator.privacy import gathering, jobs_copy, operations_copy, queries_copy, rules_copy, store
from incubator.privacy.register import REGISTER
from incubator.privacy.rules_copy import HIDDEN, SECRETS
from tests.builders import picture
from tests.privacy.filling import fill

PAGE = "/de/desk/me/data"


def ask(person, language="de"):
    with transaction():
        return operations_copy.ask(person, person, language=language).id


def copy_of(person):
    db.session.rollback()
    return queries_copy.copies(person.id)[0]


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def letters_to(person):
    deliver()
    return [each.subject for each in db.session.scalars(sa.select(Letter).where(Letter.person_id == person.id))]


def test_a_copy_is_asked_for_made_told_of_and_fetched(any_database, make, visit):
    person = make.person("lead", language="en")
    make.project(lead=person, title="Nachbarschaftsküche")
    visitor = visit(person)
    assert visitor.fill("/en/desk/me/data").location == "/en/desk/me/data"
    assert "Your copy is being made" in visitor.get("/en/desk/me/data").text
    jobs_copy.make_waiting()
    link = visitor.get("/en/desk/me/data").soup.select_one("main .buttons a")["href"]
    answer = visitor.get(link)
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("application/zip", "no-store")
    found = unpacked(answer.data)
    tables = json.loads(found["data.json"])["tables"]
    assert tables["person"][0]["mail"] == person.mail
    assert tables["role_grant"][0]["role"] == "lead"
    assert tables["project"][0]["title"] == "Nachbarschaftsküche"
    assert person.mail in found["index.html"].decode() and "Nachbarschaftsküche" in found["index.html"].decode()
    assert "The copy of everything about you is ready" in letters_to(person)


def test_every_personal_column_is_in_the_copy_and_nobody_elses(app, make):
    ours, theirs = make.person(given_name="ours~name", mail="ours~mail@example.org"), make.person(
        given_name="theirs~name", mail="theirs~mail@example.org")
    fill((ours, "ours"), (theirs, "theirs"))
    parts = gathering.parts(ours)
    tables = gathering.by_table(parts)
    for entry in REGISTER:
        if entry.steps:
            rows = [row for row in tables[entry.table] if set(entry.columns) <= row.keys()]
            assert rows, f"{entry.table} by {entry.whose}"
    assert "ours~score~reason" in json.dumps(tables)
    assert "theirs" not in json.dumps(tables)


def test_the_page_for_people_shows_the_same_and_nothing_of_others(app, make):
    ours, theirs = make.person(mail="ours~mail@example.org"), make.person(mail="theirs~mail@example.org")
    fill((ours, "ours"), (theirs, "theirs"))
    ask(ours, "ar")
    operations_copy.make()
    found = unpacked(store.place(copy_of(ours).key).read_bytes())
    page = found["index.html"].decode()
    assert 'lang="ar" dir="rtl"' in page
    assert "ours~idea~title" in page and "ours~letter~subject" in page
    assert not any(b"theirs" in content for content in found.values())


def test_what_opens_something_stays_covered(app, make):
    ours = make.person(mail="ours@example.org")
    fill((ours, "ours"))
    with db.engine.begin() as line:
        line.execute(sa.update(Letter).values(key=sa.literal("secret:") + Letter.key))
    tables = gathering.by_table(gathering.parts(ours))
    for secret in SECRETS:
        table, _, column = secret.partition(".")
        assert {row[column] for row in tables[table] if column in row} <= {HIDDEN, None}, secret
    assert {row["text"] for row in tables["letter"]} == {HIDDEN}


def test_photos_and_papers_lie_beside_it(app, make):
    person = make.person()
    photo, other = make.photo(uploaded_by=person.public_id), make.photo(uploaded_by=make.person().public_id)
    for each in (photo, other):
        media.write_file(media.place(each.key), picture(64, 48))
    ask(person)
    operations_copy.make()
    found = unpacked(store.place(copy_of(person).key).read_bytes())
    assert [name for name in found if name.startswith("photos/")] == [f"photos/{photo.key}.jpg"]


def test_one_copy_at_a_time(app, make):
    person = make.person()
    ask(person)
    with pytest.raises(RuleBroken):
        ask(person)


def test_nobody_else_can_fetch_it(app, make, visit):
    person = make.person()
    ask(person)
    operations_copy.make()
    link = f"{PAGE}/{copy_of(person).id}.zip"
    assert visit(person).get(link).status == 200
    assert visit(make.person("administrator")).get(link).status == 404
    assert visit().get(link).location == "/de/sign-in"


def test_after_a_week_it_is_gone(app, make, visit):
    person = make.person()
    ask(person)
    operations_copy.make()
    copy = copy_of(person)
    clock.set(clock.today() + rules_copy.KEPT_FOR)
    assert visit(person).get(f"{PAGE}/{copy.id}.zip").status == 404
    with transaction():
        operations_copy.forget_old()
    assert not store.place(copy.key).exists()


def test_a_new_copy_takes_the_place_of_the_old_one(app, make):
    person = make.person()
    ask(person)
    operations_copy.make()
    first = copy_of(person)
    ask(person)
    operations_copy.make()
    assert not store.place(first.key).exists() and store.place(copy_of(person).key).exists()


def test_what_cannot_be_made_is_said_in_the_end(app, make, visit, monkeypatch):
    person = make.person(language="en")
    ask(person)
    monkeypatch.setattr(gathering, "parts", lambda person: 1 / 0)
    for _ in range(rules_copy.TRIES):
        with pytest.raises(ZeroDivisionError):
            operations_copy.make()
        clock.set(clock.now() + rules_copy.LEASE + timedelta(seconds=1))
    assert operations_copy.make() == 0
    assert copy_of(person).failed_at
    assert "could not be made" in visit(person).get("/en/desk/me/data").text
    assert "The copy of everything about you could not be made" in letters_to(person)


def test_a_try_under_way_is_left_alone(app, make):
    person = make.person()
    ask(person)
    assert store.take(copy_of(person).key, clock.now()) == 1
    assert operations_copy.make() == 0
    assert copy_of(person).is_waiting


def test_whoever_was_forgotten_leaves_no_copy(app, make):
    person = make.person()
    ask(person)
    operations_copy.make()
    with transaction():
        record("person.erased", None, person)
    deliver()
    assert not store.place(copy_of(person).key).exists()
