"""What is told of a project where it is shared: no more than its card in the list."""

from datetime import date

from incubator.foundation.database import db
from incubator.progress.pages import Card
from incubator.progress.queries_cards import cards, listed
from incubator.projects.models import Project


def shared(slug: str, language: str, today: date) -> Card | None:
    """Return a public project's card, None while the public does not know it."""
    rows = db.session.execute(listed().where(Project.slug == slug)).all()
    return next(iter(cards(rows, language, today)), None)
