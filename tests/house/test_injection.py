"""What people typed stays text: in the heads of letters, and in tables that offices open."""

import csv
import io

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters import operations as letters
from incubator.letters.models import Letter
from tests.house.siege import allowed, paths_of, places, world_in

BREAKS = ("=?utf-8?q?=0d=0a?=", "=?utf-8?b?DQo=?=", "\r\n", "\n", "\r", "\r\n ", "\n\t", "\u2028", "\x85",
          "\x0b", "%0d%0a", "\r\n\r\n", "\x00\n", " =?us-ascii?q?=0a?= ")
HEADS = ("Bcc: all@evil.example", "To: all@evil.example", "Content-Type: text/html", "Subject: Other",
         ".\r\nMAIL FROM:<a@b>")
TYPED = [f"Amal{between}{head}" for between in BREAKS for head in HEADS]
USUAL = {"from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type",
         "content-transfer-encoding", "content-language"}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", " ")
BEGINNINGS = ("=", "+", "-", "@", "\r\n=")


def _write(**fields):
    with transaction():
        for number, text in enumerate(TYPED):
            known = {"key": f"k{number}", "address": "anna@example.org", "language": "de", "subject": "Betreff",
                     "text": "Text", "message_id": f"<{number}@example.org>", "due_at": clock.now(),
                     "written_at": clock.now()}
            db.session.add(Letter(**(known | {name: value(text) for name, value in fields.items()})))


@pytest.mark.parametrize("fields", [
    {"subject": str}, {"text": str}, {"address": lambda text: f"anna@example.org{text[4:]}"},
    {"message_id": lambda text: f"<{text}@example.org>"}, {"language": str},
    {"headers": lambda text: {"List-Id": text}},
], ids=lambda fields: next(iter(fields)))
def test_no_field_of_a_letter_writes_a_head_of_its_own(mailbox, fields):
    """It arrives as text, or not at all: `EmailMessage` refuses it, and the next letter goes out all the same."""
    _write(**fields)
    with transaction():
        db.session.add(Letter(key="last", address="berta@example.org", language="de", subject="Betreff", text="Text",
                              message_id="<last@example.org>", due_at=clock.now(), written_at=clock.now()))
    while letters.post():
        pass
    for letter in mailbox.letters:
        assert {name.lower() for name in letter.keys()} <= USUAL | {"list-id"}  # noqa: SIM118
        assert "evil.example" not in letter["To"]
        assert letter.get_content_type() == "multipart/alternative"
    assert len(mailbox.to("berta@example.org")) == 1


def test_what_somebody_calls_themselves_writes_no_head(mailbox, make):
    for number, text in enumerate(TYPED[:12]):
        person = make.person(given_name=text, family_name=text, mail=f"person{number}x@example.org")
        with transaction():
            letters.write(person, "password_changed", key=f"k{number}", at=clock.now())
    while letters.post():
        pass
    assert mailbox.letters
    for letter in mailbox.letters:
        assert {name.lower() for name in letter.keys()} <= USUAL  # noqa: SIM118


def _poison(beginning):
    """Begin every text that people type with something that spreadsheets carry out; what is checked stays."""
    with db.engine.begin() as line:
        for (name,) in line.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            line.exec_driver_sql(f'DROP TRIGGER "{name}"')
        line.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        for table in db.metadata.sorted_tables:
            for column in table.columns:
                typed = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
                kept = column.foreign_keys or column.unique or column.primary_key or column.name in (
                    "language", "slug", "code", "key", "iban", "account", "hash")
                if typed and not kept:
                    line.execute(sa.text(
                        f'UPDATE "{table.name}" SET "{column.name}" = :bad || "{column.name}" '
                        f'WHERE typeof("{column.name}") = \'text\''), {"bad": beginning})
        line.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
    db.session.expire_all()


def _tables(app, world, people):
    """Yield the name and the cells of every table that an address hands out."""
    for rule in places(app, "GET"):
        if not rule.rule.endswith((".csv", ".xlsx")):
            continue
        answer = people[allowed(app, rule.endpoint)[0]].get(paths_of(rule, world)[0])
        assert (answer.status, answer.response.mimetype) == (200, "text/csv"), rule.rule
        table = io.StringIO(answer.data.decode("utf-8-sig"), newline="")
        yield rule.endpoint, [cell for row in csv.reader(table, delimiter=";") for cell in row]


def test_no_table_that_an_office_opens_holds_a_formula(app, make, visit):
    """Whatever people typed: every stored text begins, one way after the other, with what spreadsheets carry out."""
    world, poisoned = world_in("active", make), 0
    people = {name: visit(person) for name, person in world.people.items()}
    for beginning in BEGINNINGS:
        _poison(f"{beginning}HYPERLINK(1)")
        found = dict(_tables(app, world, people))
        assert set(found) == {"payments.order_csv", "payments.receipts_csv", "dialogue.import_template",
                              "budgets.minutes_csv"}
        acting = {name: [cell for cell in cells if cell.startswith(FORMULA)] for name, cells in found.items()}
        assert not any(acting.values()), (beginning, acting)
        poisoned += sum("HYPERLINK" in cell for cells in found.values() for cell in cells)
    assert poisoned >= len(BEGINNINGS)
