"""One update to 10,000 followers: rows against pure rendering, then everything over a real mail server, over SQLite.

Pure rendering puts each letter into words by its template and does nothing else. The sending worker is killed with -9
in the middle and begun again; the mail server counts who got what. Durability is the one of the program.
"""

import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from aiosmtpd.controller import Controller

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from incubator import create_app
from incubator.follow import operations_news, queries, queries_news
from incubator.follow.operations_news import AT_ONCE
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters import operations as letters
from incubator.letters.models import Letter
from incubator.milestones import operations as milestones
from tests.builders import Builders
from tests.follow.readers import many_follow
from tests.servers import free_port

FOLLOWERS, SAMPLE = 10_000, 1_000
TEXT = "Am Samstag kamen alle zusammen und bauten das erste Beet. " * 20


class Inbox:
    """A mail server that counts; it lives in this process, and the worker in a child that may be killed."""

    def __init__(self) -> None:
        self.heard: Counter[str] = Counter()
        self.lines: set[int] = set()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.heard.update(envelope.rcpt_tos)
        self.lines.add(id(session))
        return "250 Taken"


def grown() -> float:
    """Return the most memory this process ever used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def render_purely(update_id: int) -> float:
    """Return the seconds that rendering every letter by its template would take, measured on some of them."""
    event = queries_news.update(update_id)
    assert event is not None
    readers = queries.hearing_now(event.topics, after=0, limit=SAMPLE)
    news = {each: operations_news._in_words([event], each)[event.key] for each in ("de", "en", "ar")}

    def render() -> None:
        for reader in readers:
            letters.compose("follow_news", reader.language, news=news[reader.language], token=reader.salt)

    render()
    return timed(render) * FOLLOWERS / len(readers)


def count_statements(work: Callable[[], object]) -> int:
    sent: list[str] = []

    def note(line: Any, cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    work()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    return sum(each.startswith("INSERT INTO letter") for each in sent)


def in_a_child(work: Callable[[], object], until: Callable[[], bool] = lambda: False) -> None:
    """Do work in a process of its own, and kill it with -9 as soon as `until` says so."""
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        memory, processor = grown(), time.process_time()
        work()
        print(f"  the sending worker took {time.process_time() - processor:.1f} s of the processor and grew by "
              f"{grown() - memory:.0f} MB", flush=True)
        os._exit(0)
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if until():
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return
        time.sleep(0.01)


def send_all() -> None:
    while letters.post():
        pass


def measure_writing() -> None:
    make = Builders()
    project = make.project(status="active")
    many_follow(FOLLOWERS)
    with transaction():
        update = milestones.write_update(project, project.leads[0], title="Das erste Beet", text=TEXT)
    pure = render_purely(update.id)
    before = grown()
    wrote: list[float] = []
    statements = count_statements(lambda: wrote.append(timed(journal.deliver)))
    rows = db.session.scalar(sa.select(sa.func.count()).select_from(Letter))
    print(f"{rows} letters written in {wrote[0]:.2f} s, {wrote[0] / pure:.2f} of the {pure:.2f} s of pure rendering; "
          f"{statements} INSERTs of {AT_ONCE} rows; memory grew by {grown() - before:.0f} MB")


def measure_sending(inbox: Inbox) -> None:
    in_a_child(send_all, until=lambda: sum(inbox.heard.values()) >= FOLLOWERS // 3)
    half = sum(inbox.heard.values())
    clock.set(clock.now() + letters.LEASE * 2)  # what the killed worker had taken is free again
    seconds = timed(lambda: in_a_child(send_all))
    twice = sum(count - 1 for count in inbox.heard.values())
    print(f"killed after {half} letters; the other {FOLLOWERS - half} left in {seconds:.1f} s, "
          f"{(FOLLOWERS - half) / seconds:.0f} letters a second over {len(inbox.lines)} lines; "
          f"{len(inbox.heard)} heard, {twice} of them twice (at most the one it was speaking about)")


def main() -> None:
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({
            "SECRET_KEY": "benchmark" * 4, "DEMO": False, "REDIS_URL": "", "INSTANCE": Path(folder),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/incubator.db", "TRUSTED_HOSTS": None,
            "SMTP_URL": f"smtp://127.0.0.1:{controller.port}", "BASE_URL": "http://localhost",
        })
        with app.app_context():
            db.create_all()
            clock.set(date(2026, 3, 1))
            measure_writing()
            measure_sending(inbox)
    controller.stop()


if __name__ == "__main__":
    main()
