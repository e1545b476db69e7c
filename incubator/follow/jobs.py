"""Tell those who follow what the journal says, once a week or at once, and tidy up."""

import flask

from incubator.follow import operations, operations_news, queries, queries_news, rules
from incubator.follow.models import Follower
from incubator.follow.operations_news import Site
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick, now_and_then
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters.models import Letter
from incubator.letters.operations import on_refusal


def _site() -> Site:
    return Site(flask.current_app.config["SECRET_KEY"], flask.current_app.config["BASE_URL"])


@on("update.published")
def tell_of_update(entry: Entry) -> None:
    """Tell of published news; a milestone comes with the news of it, so that it makes one letter and not two."""
    if event := queries_news.update(entry.subject_id):
        operations_news.tell(event, _site())


@on("project.moved")
def tell_of_step(entry: Entry) -> None:
    if event := queries_news.step(entry.id):
        operations_news.tell(event, _site())


@on("update.withdrawn")
def unsay(entry: Entry) -> None:
    operations_news.unsay(entry.subject_id)


@every_tick
def tell_week() -> None:
    """Write the letters of the week from Monday morning on, a few hundred in each transaction."""
    end = rules.digest_end(clock.now())
    while queries.hearing_weekly(end, limit=1):
        with transaction():
            operations_news.tell_week(end, _site())


@now_and_then
def forget_old() -> None:
    operations.forget_old()


@on_refusal
def count_refusal(letter: Letter) -> None:
    """Count against the follower a letter of theirs that was refused; what it said is not kept."""
    if not letter.key.startswith(operations.PREFIX):
        return
    letter.text = ""
    number = rules.number_of(letter.key.removeprefix(operations.PREFIX).replace(":", "-"))
    follower = db.session.get(Follower, number) if number is not None else None
    if follower is not None:
        operations.count_refusal(follower)
