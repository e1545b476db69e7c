"""A word of its own in everything that leads to somebody; after they were forgotten no byte holds one of them."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db, is_sqlite
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters import operations as letters
from incubator.privacy import jobs_erasure, operations_cleaning, operations_erasure, queries_erasure
from incubator.privacy.traces import Whose
from tests.privacy.planting import MAIL, WORD, somebody


@pytest.fixture
def zelda(any_database, make, mailbox):
    make.person("coordinator")
    return somebody(make)


def _told(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _rows_with_the_word():
    db.session.rollback()
    return [
        f"{table.name}.{name}" for table in db.metadata.sorted_tables
        for row in db.session.execute(sa.select(table)).mappings()
        for name, value in row.items() if WORD in _told(value)
    ]


def _files_with_the_word(app):
    db.session.rollback()
    places = {app.config["INSTANCE"], Path(db.engine.url.database).parent if is_sqlite() else app.config["INSTANCE"]}
    return [
        str(path) for place in places for path in place.rglob("*")
        if path.is_file() and path.name != "template" and WORD.encode() in path.read_bytes()
    ]


def _forget(person):
    office = people_with_role(Role.COORDINATOR)[0]
    with transaction():
        request = operations_erasure.ask(person, person)
    with transaction():
        operations_erasure.carry_out(request, office)


def _let_the_worker_work():
    journal.deliver()
    letters.post()
    jobs_erasure.forget_last_letters()
    jobs_erasure.clean()


def test_no_byte_is_left_of_somebody_who_was_forgotten(any_database, zelda, mailbox):
    assert len(set(_rows_with_the_word())) > 25
    assert len(_files_with_the_word(any_database)) >= (5 if is_sqlite() else 4)
    _forget(zelda)
    _let_the_worker_work()
    assert _rows_with_the_word() == []
    assert _files_with_the_word(any_database) == []
    assert journal.verify().found == ()
    assert [each["To"] for each in mailbox.letters].count(MAIL) == 1


def test_nothing_leads_to_them_any_more(zelda):
    whose = Whose.of(zelda)
    _forget(zelda)
    left = queries_erasure.preview(whose)
    assert left.emptied == [] and [each.number for each in left.goes] == [1]  # the last letter


def test_what_was_deleted_stands_in_the_file_until_it_is_cleaned_or_is_overwritten(app):
    assert app is not None and operations_cleaning.is_due() is False
    operations_cleaning.ask_for_cleaning()
    jobs_erasure.clean()
    assert operations_cleaning.is_due() is False
    with db.engine.connect() as line:
        assert line.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def test_while_somebody_reads_the_file_is_cleaned_later(app, make):
    make.person()
    operations_cleaning.ask_for_cleaning()
    with db.engine.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM person").scalar()
        make.person()
        jobs_erasure.clean()
        assert operations_cleaning.is_due()
    jobs_erasure.clean()
    assert not operations_cleaning.is_due()
