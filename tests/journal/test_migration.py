"""The chain of an older house is brought into the new form, and back, with everything that hangs on it."""

import hashlib
import json
from datetime import UTC, date, datetime

import flask_migrate
import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.journal import operations
from incubator.projects import queries as projects
from tests.house.homes import schema, second_home, triggers
from tests.house.sources import ROOT

FOLDER = str(ROOT / "migrations")
NOW = datetime(2026, 2, 1, 9, 30, 0, 123456, tzinfo=UTC)
OURS = ("entry", "checkpoint", "step_reason", "delivery")
KNOWN = {"state": "open", "funding_kind": "gap", "status": "draft", "public_name_choice": "full"}
AMINA, BO = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
HAPPENED = (  # number, action, actor, data: numbers have gaps, as PostgreSQL leaves them
    (1, "project.drafted", AMINA, {"round": 1}), (3, "project.joined", AMINA, {"kind": "member", "person": BO}),
    (4, "project.moved", BO, {"action": "return_for_changes", "from": "submitted", "to": "returned"}),
    (7, "round.changed", None, {"settings": ["fund_cents"]}), (8, "project.moved", AMINA, {"action": "submit"}),
)


def _put(line, name, **given):
    """Insert a row; what must be filled and does not matter is filled with something of its type."""
    table = sa.Table(name, sa.MetaData(), autoload_with=line)
    plain = ((sa.Boolean, False), (sa.Integer, 1), (sa.DateTime, NOW), (sa.Date, date(2026, 1, 1)), (sa.JSON, []))
    values = dict(given)
    for column in table.columns:
        if column.nullable or column.name in (*values, "id"):
            continue
        kind = next((value for type_, value in plain if isinstance(column.type, type_)), "")
        values[column.name] = KNOWN.get(column.name, kind)
    line.execute(table.insert().values(**values))


def _old_hash(previous, actor, action, subject, data):
    facts = [NOW.isoformat(timespec="microseconds"), action, actor, "project", subject, 1, data]
    content = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def _fill(line):
    for number, public_id in enumerate((AMINA, BO), 1):
        _put(line, "person", id=number, public_id=public_id, given_name=("Amina", "Bo")[number - 1])
    _put(line, "round", id=1, slug="runde", fund_cents=900)
    _put(line, "project", id=1, round_id=1, slug="kueche", title="Küche", is_citywide=True)
    previous = "0" * 64
    for number, action, actor, data in HAPPENED:
        own = _old_hash(previous, actor, action, 1, data)
        _put(line, "entry", id=number, at=NOW, action=action, actor=actor, subject_type="project", subject_id=1,
             project_id=1, data=data, previous=previous, hash=own)
        _put(line, "delivery", entry_id=number, listener=f"listener{number}")
        _put(line, "letter", key=f"{number}:project_moved:1", message_id=f"<{number}@x>", state="waiting")
        previous = own
    _put(line, "letter", key="secret:4:x", message_id="<s@x>", state="waiting")
    _put(line, "step_reason", entry_id=4, project_id=1, text="Es fehlt der Plan – كوخ", language="de")


def _triggers(line):
    return {name for name in triggers(line) if name.startswith(("entry_", "checkpoint_"))}


LATER = ("uq_person_outside_id", "ix_entry_action")  # of later steps, or changed by them


def _ours(line):
    """Return the tables of this step, and the indexes of the one it only adds to."""
    found = {name: each for name, each in schema(line).items() if name in OURS}
    found["person"] = {"indexes": schema(line)["person"]["indexes"]}
    return {name: each | {"indexes": {index for index in each["indexes"] if index[0] not in LATER}}
            for name, each in found.items()}


@pytest.fixture
def old_house(any_database, request, tmp_path):
    kind = request.node.callspec.params["any_database"]
    with any_database.app_context(), db.engine.connect() as line:
        wanted = _ours(line), _triggers(line)
    with second_home(request, kind, tmp_path / "second") as app:
        flask_migrate.upgrade(directory=FOLDER, revision="0001")
        with db.engine.begin() as line:
            _fill(line)
        app.wanted = wanted
        yield app


def _all(question):
    with db.engine.connect() as line:
        return [tuple(row) for row in line.execute(sa.text(question))]


def _up():
    flask_migrate.upgrade(directory=FOLDER, revision="0002")


def test_the_old_chain_holds_in_the_new_form(old_house):
    _up()
    findings = operations.verify()
    assert (findings.count, findings.found) == (5, ())
    assert _all("SELECT id FROM entry ORDER BY id") == [(1,), (2,), (3,), (4,), (5,)]


def test_tables_and_triggers_are_those_of_the_models(old_house):
    _up()
    with db.engine.connect() as line:
        assert _ours(line) == old_house.wanted[0]
        assert _triggers(line) == old_house.wanted[1]


def test_reasons_are_bound(old_house):
    _up()
    assert list(projects.altered_reasons()) == []
    db.session.rollback()
    with db.engine.begin() as line:
        line.execute(sa.text("UPDATE step_reason SET text = 'anders'"))
    assert list(projects.altered_reasons()) == [(1, 3)]


def test_people_stand_outside_the_chain(old_house):
    _up()
    seals = dict(_all("SELECT public_id, seal FROM person"))
    assert _all("SELECT id, actor FROM entry ORDER BY id") == [
        (1, seals[AMINA]), (2, seals[AMINA]), (3, seals[BO]), (4, None), (5, seals[AMINA])]
    assert seals[BO] in str(_all("SELECT data FROM entry WHERE id = 2"))
    assert AMINA not in str(_all("SELECT actor, data FROM entry"))


def test_what_hangs_on_an_entry_follows_its_number(old_house):
    _up()
    assert _all("SELECT entry_id, listener FROM delivery ORDER BY entry_id") == [
        (1, "listener1"), (2, "listener3"), (3, "listener4"), (4, "listener7"), (5, "listener8")]
    assert sorted(_all("SELECT key, message_id FROM letter")) == [
        ("1:project_moved:1", "<1@x>"), ("2:project_moved:1", "<3@x>"), ("3:project_moved:1", "<4@x>"),
        ("4:project_moved:1", "<7@x>"), ("5:project_moved:1", "<8@x>"), ("secret:4:x", "<s@x>")]


def test_the_way_down_chains_as_before(old_house):
    with db.engine.connect() as line:
        before = schema(line), triggers(line)
    _up()
    flask_migrate.downgrade(directory=FOLDER, revision="0001")
    with db.engine.connect() as line:
        assert (schema(line), triggers(line)) == before
    previous = "0" * 64
    for number, (_old, action, actor, data) in enumerate(HAPPENED, 1):
        own = _old_hash(previous, actor, action, 1, data)
        assert _all(f"SELECT previous, hash FROM entry WHERE id = {number}") == [(previous, own)]
        previous = own


def test_up_down_and_up_again_holds(old_house):
    _up()
    flask_migrate.downgrade(directory=FOLDER, revision="0001")
    _up()
    assert operations.verify().holds
    assert list(projects.altered_reasons()) == []
