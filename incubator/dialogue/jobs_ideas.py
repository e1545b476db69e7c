"""Everybody who left an address with an idea hears what becomes of it, in their language."""

from typing import Any

import flask
import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator import letters
from incubator.dialogue import operations_giving, operations_similar, rules_ideas
from incubator.dialogue.models import Idea
from incubator.foundation import links
from incubator.foundation.database import db
from incubator.foundation.jobs import now_and_then
from incubator.foundation.language import named
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.wording.queries import words


@on("idea.given")
def thank(entry: Entry) -> None:
    """Say that the idea is here; an address nobody has confirmed gets none of the words that were typed."""
    if (idea := _reachable(entry)) is not None:
        write_to_giver(idea, "idea_received", f"{entry.id}")


@on("idea.moved")
def tell_giver(entry: Entry) -> None:
    """Tell each decision once, with its reason; being read is none."""
    idea = _reachable(entry)
    if idea is None or not rules_ideas.is_told(idea, str(entry.data["to"])):
        return
    write_to_giver(idea, "idea_decided", f"{entry.id}", is_back=entry.data["from"] == "promoted",
                   into=db.session.get(Idea, idea.merged_into_id) if idea.merged_into_id else None)


def _reachable(entry: Entry) -> Idea | None:
    return db.session.scalar(
        sa.select(Idea).options(joinedload(Idea.round)).where(Idea.id == entry.subject_id, Idea.mail != ""))


def write_to_giver(idea: Idea, template: str, key: str, **context: Any) -> None:
    """Write to whoever gave an idea; the letter holds the link to its page, so nobody else may read it for long."""
    language = named(idea.answer_language).code
    said = words(language, {"idea": [idea.id]})
    letters.write(
        idea.mail, template, key=f"{operations_giving.PREFIX}{idea.id}:{key}", language=language, idea=idea,
        reason=said.of("idea", idea.id, "reason", idea.reason, idea.round.language),
        token=links.token(flask.current_app.config["SECRET_KEY"], rules_ideas.PURPOSE, idea.id, idea.salt), **context,
    )


@now_and_then
def forget_addresses() -> None:
    operations_giving.forget_old()


@now_and_then
def index_what_is_missing() -> None:
    """Find similar ideas among all there are: after an update, or when a backup was brought back."""
    operations_similar.index_missing()
