"""Commands for operators; each calls one operation and says what it did."""

import logging
import threading
import time

import click
import flask
import redis
from flask.cli import AppGroup

from incubator.foundation import jobs, queue, submission
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.policy import RULES

TICK_SECONDS = 5
log = logging.getLogger(__name__)


def tick() -> None:
    """Do all periodic work once; one failing part does not stop the others."""
    for work in jobs.periodic:
        try:
            work()
        except Exception:  # the next tick tries again
            log.exception("tick: %s", work.__name__)
        finally:
            db.session.remove()


@jobs.every_tick
def forget_old_submissions() -> None:
    with transaction():
        submission.forget_old()


@click.command("tick")
@flask.cli.with_appcontext
def tick_command() -> None:
    """Do all periodic work once."""
    tick()


@click.command("work")
def work() -> None:
    """Run the worker: wake-ups through Redis, and the sweep that needs none."""
    app = flask.current_app._get_current_object()  # type: ignore[attr-defined]

    def sweep() -> None:
        while True:
            with app.app_context():
                tick()
            time.sleep(TICK_SECONDS)

    threading.Thread(target=sweep, daemon=True, name="sweep").start()
    while app.config["REDIS_URL"]:
        try:
            queue.work()
            return
        except redis.RedisError:
            log.warning("Redis does not answer; the sweep goes on without it")
            time.sleep(TICK_SECONDS)
    threading.Event().wait()


@click.command("policy")
def show_policy() -> None:
    """Print who may do what."""
    for act, rule in RULES.items():
        click.echo(f"{act.value:28} {rule.__name__}")


journal_group = AppGroup("journal", help="The append-only book.")


@journal_group.command("verify")
def verify() -> None:
    """Walk the chain of the journal and say whether it holds."""
    held, broken = journal.verify()
    if broken is not None:
        raise click.ClickException(f"entry {broken} does not fit; {held} before it hold")
    click.echo(f"{held} entries hold")


def set_up(app: flask.Flask) -> None:
    for command in (tick_command, work, show_policy, journal_group):
        app.cli.add_command(command)
