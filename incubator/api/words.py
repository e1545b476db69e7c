"""How small things are written for programs: texts with their language, links, states, moments."""

from datetime import date, datetime
from typing import Any

import flask
from marshmallow import Schema, fields

from incubator.progress.pages import Label, Link
from incubator.wording.models import Origin
from incubator.wording.queries import Passage


class Text(Schema):
    """Words, with the language they are in."""

    text = fields.String(required=True)
    language = fields.String(required=True, metadata={"description": "The language of these words."})
    is_translation = fields.Boolean(required=True)
    is_machine = fields.Boolean(required=True, metadata={"description": "A machine translated it, and nobody read it."})


class Named(Schema):
    """Something with a short name of its own."""

    slug = fields.String(required=True)
    name = fields.String(required=True)


class State(Schema):
    """A state by its key, and in words."""

    value = fields.String(required=True)
    label = fields.String(required=True)


def text(passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {"text": passage.text, "language": passage.language, "is_translation": passage.is_translation,
            "is_machine": passage.origin is Origin.MACHINE}


def named(link: Link | None) -> dict[str, Any] | None:
    return {"slug": link.slug, "name": link.name} if link else None


def state(label: Label) -> dict[str, str]:
    return {"value": label.value, "label": str(label.label)}


def when(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def page(endpoint: str, **parts: Any) -> str:
    """Return the address of the page for people, in the language of this answer."""
    return str(flask.current_app.config["BASE_URL"] + flask.url_for(endpoint, language=flask.g.language.code, **parts))


def said(description: str = "", *, may_lack: bool = False) -> fields.Nested:
    return fields.Nested(Text, allow_none=may_lack, metadata={"description": description} if description else {})


def told(kind: type[fields.Field], description: str = "", *, may_lack: bool = False, **more: Any) -> fields.Field:
    return kind(allow_none=may_lack, metadata={"description": description} if description else {}, **more)


def cents(description: str, *, may_lack: bool = False) -> fields.Field:
    return told(fields.Integer, f"{description} In whole cents.", may_lack=may_lack)
