"""Ideas that somebody without an account has given, and the letters about them, for tests."""

import re
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import current_app

from incubator.dialogue import operations, operations_giving
from incubator.dialogue.models import Idea, IdeaState
from incubator.dialogue.rules_ideas import PURPOSE
from incubator.foundation import links
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.media import store
from tests.builders import picture

MAIL = "giver@example.org"


def scene_of(make: Any) -> SimpleNamespace:
    """A round, somebody of the office, and an idea whose giver waits for an answer."""
    round = make.round()
    return SimpleNamespace(round=round, office=make.person("coordinator"), idea=given(round))


def given(round: Any, mail: str = MAIL, language: str = "de", **fields: Any) -> Idea:
    facts = {"title": "Mehr Bänke", "text": "Für alle, die warten.", "district_id": None, "may_be_public": True}
    with transaction():
        return operations_giving.give(round, mail=mail, language=language, network="n", **(facts | fields))


def move(scene: Any, to: str, idea: Idea | None = None, **more: Any) -> None:
    with transaction():
        operations.move_idea(idea or scene.idea, IdeaState(to), scene.office, **more)


def letters() -> list[Letter]:
    deliver()
    return list(db.session.scalars(sa.select(Letter).where(Letter.address == MAIL).order_by(Letter.id)))


def link(letter: Letter | None = None) -> str:
    """The address of the giver's own page, as it stands in a letter."""
    letter = letter or letters()[0]
    found = re.search(r"http://localhost(/\w+/ideas/mine/\S+)", letter.text)
    assert found
    return found[1]


def wish(visitor: Any, path: str, what: str) -> Any:
    return visitor.fill(path, wish=what)


def everybodys_idea(world: Any, make: Any) -> Idea:
    """A public idea with its photo, whose giver left an address."""
    project, photo = world.project, make.photo(is_public=True)
    for small in (False, True):
        store.write_file(store.place(photo.key, small=small), picture(64, 48))
    idea: Idea = make.idea(
        round=world.round, theme_id=project.theme_id, district_id=project.district_id, workshop_id=world.workshop.id,
        mail=MAIL, salt="1" * 32, answer_language="de", photo_id=photo.id)
    return idea


def token_of(idea: Idea) -> str:
    return links.token(current_app.config["SECRET_KEY"], PURPOSE, idea.id, idea.salt)
