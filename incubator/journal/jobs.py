"""What the worker does about new entries."""

import flask

from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick, job
from incubator.foundation.transaction import transaction
from incubator.journal import operations


@job
def deliver(entry_id: int) -> None:
    operations.deliver(entry_id)


@every_tick
def sweep() -> None:
    """Deliver what a dead Redis or a killed worker left behind."""
    operations.deliver()


@every_tick
def sign_checkpoint() -> None:
    """Make the day's checkpoint; looked up first without a transaction, so that nobody waits for it."""
    db.session.rollback()
    secret = flask.current_app.config["RECORD_KEY"]
    if secret and operations.checkpoint_is_due():
        with transaction():
            operations.make_checkpoint(secret, flask.current_app.config["BASE_URL"])
