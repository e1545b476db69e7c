"""The database: how both kinds are opened, and the few column types the house shares."""

import enum
import fcntl
import hashlib
import sqlite3
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.engine import Engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.sql.functions import FunctionElement

from incubator.foundation.errors import Stale

__all__ = ["Fingerprint", "db", "enum_of", "hold", "insert", "is_sqlite", "seen", "sqlite"]

try:
    from pysqlite3 import dbapi2 as sqlite
except ImportError:  # no wheel for this machine: the interpreter's own library serves, without WAL where it is old
    from sqlite3 import dbapi2 as sqlite  # type: ignore[no-redef]

SAFE_WAL = (3, 51, 3)
PATIENCE = 10.0  # seconds that somebody who saves waits for others to end
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC; refuses naive ones, because SQLite would forget the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def enum_of(kind: type[enum.StrEnum]) -> sa.Enum:
    """Return the column type of a StrEnum: its values as text, held to the list by a CHECK."""
    return sa.Enum(
        kind,
        values_callable=lambda kind: [member.value for member in kind],
        native_enum=False,
        create_constraint=True,
        length=40,
        name=kind.__name__.lower(),
    )


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Fingerprint(FunctionElement[str]):
    """What `fingerprint` makes of a text, computed by the database: texts are compared without being read."""

    type = sa.String()
    inherit_cache = True
    name = "fingerprint"


@compiles(Fingerprint, "sqlite")
def _by_us(element: Any, compiler: Any, **options: Any) -> str:
    return f"fingerprint({compiler.process(element.clauses, **options)})"


@compiles(Fingerprint, "postgresql")
def _by_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"encode(sha256(convert_to({compiler.process(element.clauses, **options)}, 'UTF8')), 'hex')"


class Base(DeclarativeBase):
    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMES),
        type_annotation_map={
            str: sa.String(),
            datetime: UtcDateTime(),
            dict[str, Any]: sa.JSON(),
            list[str]: sa.JSON(),
        },
    )


READS_FROM, WRITES_ON = "reads_from", "writes_on"


class OneOfTwo(Session):
    """A session that reads from the copy of the database, where one was chosen for it (see `replica`)."""

    def get_bind(self, *given: Any, **named: Any) -> Any:
        return self.info.get(READS_FROM) or super().get_bind(*given, **named)


db = SQLAlchemy(model_class=Base, session_options={"class_": OneOfTwo})
Row = TypeVar("Row")


def engine_options(uri: str) -> dict[str, Any]:
    """Return what Flask-SQLAlchemy needs to open the address; SQLite gets the newer library.

    What was to be stored never stands in an error's text: errors are logged, and people's words belong in no log.
    """
    if uri.startswith("sqlite"):
        return {"hide_parameters": True, "module": sqlite,
                "connect_args": {"timeout": 5.0, "check_same_thread": False}}
    return {"hide_parameters": True, "pool_pre_ping": True, "pool_size": 8, "connect_args": {"connect_timeout": 5}}


def with_driver(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


def journal_mode() -> str:
    """Name the safe mode: older libraries can corrupt a WAL database when two connections write at once."""
    return "WAL" if sqlite.sqlite_version_info >= SAFE_WAL else "TRUNCATE"


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, record: Any) -> None:
    if not isinstance(connection, sqlite.Connection | sqlite3.Connection):
        connection.autocommit = True  # for this one word, which holds as long as the connection
        connection.execute(f"SET lock_timeout = '{PATIENCE:.0f}s'")  # else a page would wait for ever for its row
        connection.autocommit = False
        return
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver
    connection.create_function("fingerprint", 1, fingerprint, deterministic=True)
    mode = journal_mode()
    for pragma in (
        "foreign_keys = ON",
        "busy_timeout = 5000",
        f"journal_mode = {mode}",
        f"synchronous = {'FULL' if mode == 'WAL' else 'EXTRA'}",
        "trusted_schema = OFF",
        "secure_delete = ON",  # what was deleted is overwritten, not only let go
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: sa.Connection) -> None:
    """Take the writer's place first and in a fair queue: SQLite's own waiting starves writers."""
    if connection.dialect.name != "sqlite":
        return
    if not connection.get_execution_options().get("write"):
        connection.exec_driver_sql("BEGIN")
        return
    path = connection.engine.url.database
    if path and path != ":memory:" and "place" not in connection.info:
        place = open(f"{path}.queue", "a")  # noqa: SIM115 - held until the transaction ends
        begun = time.monotonic()
        fcntl.flock(place, fcntl.LOCK_EX)
        connection.info["place"] = place
        if time.monotonic() - begun > PATIENCE:  # those before us waited in vain: whoever writes is not one of us
            raise sa.exc.OperationalError("BEGIN IMMEDIATE", None, sqlite.OperationalError("database is locked"))
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@event.listens_for(Engine, "handle_error")
def _quote_nothing(context: Any) -> None:
    """Take out of an error what PostgreSQL quotes of the row: "DETAIL: Failing row contains …"."""
    for fault in (context.original_exception, context.sqlalchemy_exception):
        if fault is not None and fault.args:
            fault.args = (str(fault.args[0]).partition("\nDETAIL")[0], *fault.args[1:])


@event.listens_for(sa.pool.Pool, "reset")
def _leave(connection: Any, record: Any, state: Any) -> None:
    if place := record.info.pop("place", None):
        place.close()


@event.listens_for(OneOfTwo, "after_commit")
def _let_next(session: Any) -> None:
    """Give up the writer's place as soon as the disk has it: what is tidied up afterwards keeps nobody waiting."""
    if not session.in_nested_transaction() and (place := session.info.pop(WRITES_ON, {}).pop("place", None)):
        place.close()


def insert(table: Any) -> Any:
    """Return an INSERT that can say what happens ON CONFLICT: each kind of database has its own."""
    return sqlite_dialect.insert(table) if is_sqlite() else postgresql.insert(table)


def hold(row: Row) -> Row:
    """Read a row again and keep others from changing it until the transaction ends."""
    db.session.refresh(row, with_for_update=None if is_sqlite() else {"of": type(row)})
    return row


def seen(row: Any, version: int | None, current: Mapping[str, Any]) -> None:
    """Refuse with `Stale` when the row is no longer the one the form was drawn from."""
    if version is not None and row.version != version:
        raise Stale(
            _l("Someone changed this while you were writing. Both versions are shown; nothing is lost."),
            row.version,
            dict(current),
        )
