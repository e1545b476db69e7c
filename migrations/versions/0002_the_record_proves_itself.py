"""The record proves itself: numbers without gaps, sealed contents, people outside the chain, signed checkpoints.

Until now the chain held the public id of whoever acted, so a person could not be forgotten without breaking it, and an
entry could not be shown without saying who did it. Now each entry's content is sealed with a salt of its own and names
people by a seal that can be dropped; the reasons given with steps are bound to their entries; and the newest hash is
signed each day. All entries are chained anew, in their old order; the way down chains them as before.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"

START = "0" * 64
BATCH = 500
ENTRY_TRIGGERS = {
    "sqlite": ("entry_no_update", "entry_no_delete"),
    "postgresql": ("entry_append_only",),
}
POINTING = (("delivery", "fk_delivery_entry_id"), ("step_reason", "fk_step_reason_entry_id"))
person = sa.table("person", *map(sa.column, ("id", "public_id", "seal_salt", "seal")))
step_reason = sa.table("step_reason", *map(sa.column, ("id", "entry_id", "text", "salt")))
delivery = sa.table("delivery", *map(sa.column, ("id", "entry_id")))
letter = sa.table("letter", *map(sa.column, ("id", "key")))
entry = sa.table(
    "entry", sa.column("id"), sa.column("at", sa.DateTime(timezone=True)), sa.column("action"), sa.column("actor"),
    sa.column("subject_type"), sa.column("subject_id"), sa.column("project_id"), sa.column("data", sa.JSON()),
    sa.column("salt"), sa.column("content"), sa.column("previous"), sa.column("hash"),
)
REBUILT = ("number", "new_actor", "new_data", "new_salt", "new_content", "new_previous", "new_hash")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _append_only(table: str) -> None:
    if _is_sqlite():
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                       "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END")
    else:
        op.execute(f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                   "FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def _open_entries() -> None:
    """Let the entries be rewritten this once, and renumbered where others point to them."""
    for name in ENTRY_TRIGGERS[op.get_bind().dialect.name]:
        op.execute(f"DROP TRIGGER {name}" + ("" if _is_sqlite() else " ON entry"))
    if not _is_sqlite():
        for table, name in POINTING:
            op.drop_constraint(name, table, type_="foreignkey")


def _close_entries() -> None:
    if not _is_sqlite():
        for table, name in POINTING:
            op.create_foreign_key(name, table, "entry", ["entry_id"], ["id"])
    _append_only("entry")


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(facts: list[Any]) -> str:
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _moment(row: Any) -> str:
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    return str(at.astimezone(UTC).isoformat(timespec="microseconds"))


def _batches() -> Iterator[list[Any]]:
    """Return the old entries in their order; numbers only ever become smaller, so nothing is met twice."""
    last = 0
    columns = [entry.c[name] for name in ("id", "at", "action", "actor", "subject_type", "subject_id", "project_id",
                                          "data")]
    while rows := list(op.get_bind().execute(
        sa.select(*columns).where(entry.c.id > last).order_by(entry.c.id).limit(BATCH)
    )):
        last = rows[-1].id
        yield rows


def _rewrite(made: list[dict[str, Any]]) -> None:
    columns = ("id", "actor", "data", "salt", "content", "previous", "hash")
    values = {column: sa.bindparam(name, type_=entry.c[column].type)
              for column, name in zip(columns, REBUILT, strict=True)}
    op.get_bind().execute(sa.update(entry).where(entry.c.id == sa.bindparam("old")).values(**values), made)


def _seal_people() -> dict[str, str]:
    """Give everybody a seal; return the seals by what the chain knew people by until now."""
    line, seals = op.get_bind(), {}
    for row in line.execute(sa.select(person.c.id, person.c.public_id)).all():
        salt = secrets.token_hex(16)
        seals[row.public_id] = _sha(f"{salt}{row.public_id}")
        line.execute(sa.update(person).where(person.c.id == row.id).values(seal_salt=salt, seal=seals[row.public_id]))
    return seals


def _bind_reasons(first: int, last: int) -> dict[int, str]:
    """Give the reasons of a batch their salts; return their marks by the number of the entry."""
    line, marks = op.get_bind(), {}
    chosen = sa.select(step_reason).where(step_reason.c.entry_id.between(first, last))
    for row in line.execute(chosen).all():
        salt = secrets.token_hex(16)
        marks[row.entry_id] = _sha(f"{salt}{row.text}")
        line.execute(sa.update(step_reason).where(step_reason.c.id == row.id).values(salt=salt))
    return marks


def _named(data: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return data | {"person": names.get(data["person"], data["person"])} if "person" in data else data


def _seal_entries(seals: dict[str, str]) -> dict[int, int]:
    """Chain all entries in the new form; return the new numbers of those that had to move."""
    previous, number, moved = START, 0, {}
    for rows in _batches():
        marks, made = _bind_reasons(rows[0].id, rows[-1].id), []
        for row in rows:
            number += 1
            salt, actor = secrets.token_hex(16), seals.get(row.actor)
            data = _named(row.data, seals) | ({"reason_mark": marks[row.id]} if row.id in marks else {})
            actor_mark = _sha(f"{salt}{actor}") if actor else None
            facts = [number, _moment(row), row.action, actor_mark, row.subject_type, row.subject_id, row.project_id,
                     data]
            content = _sha(f"{salt}\n{_canonical(facts)}")
            own = _sha(f"{previous}\n{number}\n{content}")
            made.append(dict(zip(("old", *REBUILT), (row.id, number, actor, data, salt, content, previous, own),
                                 strict=True)))
            previous = own
            if number != row.id:
                moved[row.id] = number
        _rewrite(made)
    return moved


def _follow(moved: dict[int, int]) -> None:
    """Let deliveries, reasons and letters follow entries that got another number, the lowest first."""
    line = op.get_bind()
    for old, new in moved.items():
        for table in (delivery, step_reason):
            line.execute(sa.update(table).where(table.c.entry_id == old).values(entry_id=new))
    keys = []
    for row in line.execute(sa.select(letter.c.id, letter.c.key)).all() if moved else ():
        head, colon, tail = row.key.partition(":")
        if colon and head.isdecimal() and int(head) in moved:
            keys.append((int(head), row.id, f"{moved[int(head)]}:{tail}"))
    for _old, letter_id, key in sorted(keys):
        line.execute(sa.update(letter).where(letter.c.id == letter_id).values(key=key))


def _chain_as_before(names: dict[str, str]) -> None:
    previous = START
    for rows in _batches():
        made = []
        for row in rows:
            actor = names.get(row.actor)
            data = {key: value for key, value in _named(row.data, names).items() if key != "reason_mark"}
            facts = [_moment(row), row.action, actor, row.subject_type, row.subject_id, row.project_id, data]
            own = _sha(f"{previous}\n{_canonical(facts)}")
            made.append(dict(zip(("old", *REBUILT), (row.id, row.id, actor, data, "", "", previous, own),
                                 strict=True)))
            previous = own
        _rewrite(made)


def _now_required(*changes: tuple[str, str, int]) -> None:
    for table, column, length in changes:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.String(length=length), nullable=False)


def upgrade() -> None:
    for table, column, length in (
        ("person", "seal_salt", 32), ("person", "seal", 64), ("step_reason", "salt", 32),
        ("entry", "salt", 32), ("entry", "content", 64),
    ):
        op.add_column(table, sa.Column(column, sa.String(length=length), nullable=True))
    op.create_index(op.f("ix_person_seal"), "person", ["seal"], unique=True)
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
    )
    _append_only("checkpoint")
    _open_entries()
    with op.batch_alter_table("entry") as batch:
        batch.alter_column("actor", existing_type=sa.String(length=36), type_=sa.String(length=64))
    _follow(_seal_entries(_seal_people()))
    _now_required(("entry", "salt", 32), ("entry", "content", 64), ("step_reason", "salt", 32))
    _close_entries()


def downgrade() -> None:
    _open_entries()
    rows = op.get_bind().execute(sa.select(person.c.seal, person.c.public_id).where(person.c.seal.is_not(None)))
    _chain_as_before({row.seal: row.public_id for row in rows})
    with op.batch_alter_table("entry") as batch:
        batch.alter_column("actor", existing_type=sa.String(length=64), type_=sa.String(length=36))
        batch.drop_column("content")
        batch.drop_column("salt")
    with op.batch_alter_table("step_reason") as batch:
        batch.drop_column("salt")
    op.drop_table("checkpoint")
    op.drop_index(op.f("ix_person_seal"), "person")
    op.drop_column("person", "seal")
    op.drop_column("person", "seal_salt")
    _close_entries()
