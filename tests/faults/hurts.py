"""What is done to the house; each ends with everything in its place again, except what must heal by itself."""

import random
import signal
import time
from collections.abc import Callable

import redis
import sqlalchemy as sa

from incubator.foundation.database import db, is_sqlite, sqlite
from tests.faults.house import House

SHORT = (0.5, 3.0)
BUSY_TABLES = "receipt, funds_request, entry"


def _rest(chance: random.Random, span: tuple[float, float] = SHORT) -> None:
    time.sleep(chance.uniform(*span))


def web_killed(house: House, chance: random.Random) -> None:
    house.kill_and_start("web")


def worker_killed(house: House, chance: random.Random) -> None:
    house.kill_and_start("worker")
    _rest(chance)


def redis_killed(house: House, chance: random.Random) -> None:
    """It comes again empty."""
    house.kill("valkey")
    _rest(chance)
    house.start("valkey")


def redis_slow(house: House, chance: random.Random) -> None:
    house.kill("valkey", signal.SIGSTOP)
    _rest(chance, (3.0, 8.0))
    house.kill("valkey", signal.SIGCONT)


def redis_emptied(house: House, chance: random.Random) -> None:
    redis.Redis(unix_socket_path=str(house.queue)).flushall()


def mail_away(house: House, chance: random.Random) -> None:
    house.mail.go()
    _rest(chance, (3.0, 10.0))
    house.mail.come()


def mail_refuses(house: House, chance: random.Random) -> None:
    house.mail.refuse = True
    _rest(chance, (3.0, 8.0))
    house.mail.refuse = False


def mail_slow(house: House, chance: random.Random) -> None:
    """The worker is killed while a letter is under way: that one may come twice."""
    house.mail.seconds = 1.5
    _rest(chance, (3.0, 6.0))
    house.kill_and_start("worker")
    house.mail.seconds = 0.0


def disk_full(house: House, chance: random.Random) -> None:
    house.room(False)
    _rest(chance, (3.0, 8.0))
    house.room(True)


def database_locked(house: House, chance: random.Random) -> None:
    """Somebody from outside holds the place of the writer for up to ten seconds."""
    if not is_sqlite():
        with db.engine.connect() as line:
            line.execute(sa.text(f"LOCK TABLE {BUSY_TABLES} IN EXCLUSIVE MODE"))
            _rest(chance, (2.0, 12.0))
            line.rollback()
        return
    other = sqlite.connect(house.address.removeprefix("sqlite:///"), isolation_level=None, timeout=20)
    other.execute("BEGIN IMMEDIATE")
    _rest(chance, (2.0, 12.0))
    other.execute("ROLLBACK")
    other.close()


def database_cut(house: House, chance: random.Random) -> None:
    """Every connection breaks, as when PostgreSQL is started anew; SQLite has none: there both programs are killed."""
    if is_sqlite():
        house.kill_and_start("web")
        house.kill_and_start("worker")
        return
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        line.execute(sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                             "WHERE datname = current_database() AND pid <> pg_backend_pid()"))


def clock_jumps(house: House, chance: random.Random) -> None:
    """A day ahead, and back again."""
    house.jump(1)
    _rest(chance)
    house.jump(0)


def two_workers(house: House, chance: random.Random) -> None:
    house.start("worker2")
    _rest(chance, (4.0, 8.0))
    house.kill("worker2")


HURTS: dict[str, Callable[[House, random.Random], None]] = {
    "web killed": web_killed, "worker killed": worker_killed, "redis killed": redis_killed, "redis slow": redis_slow,
    "redis emptied": redis_emptied, "mail away": mail_away, "mail refuses": mail_refuses, "mail slow": mail_slow,
    "disk full": disk_full, "database locked": database_locked, "database cut": database_cut,
    "clock jumps": clock_jumps, "two workers": two_workers,
}
