"""What people want to hear, and what was written to them."""

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters import write
from incubator.letters.models import Letter, Preference, Wish


def wish(person, topic, how):
    with transaction():
        db.session.merge(Preference(person_id=person.id, topic=topic, wish=Wish(how)))


def tell(person, project, number=1, template="project_resumed"):
    """Write a letter about a project, as a listener would."""
    with transaction():
        return write(person, template, key=f"{number}:{template}:{person.id}", project=project, reason="Los geht es.")


def letters_to(person, **states):
    chosen = sa.select(Letter).where(Letter.person_id == person.id).order_by(Letter.id)
    return db.session.scalars(chosen.filter_by(**states)).all()
