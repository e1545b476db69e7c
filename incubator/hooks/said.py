"""What a message says: which public thing changed and where it can be read; whoever wants more asks there."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from incubator.follow import queries_news
from incubator.foundation.database import db
from incubator.hooks.rules import NAMES
from incubator.journal.models import Entry
from incubator.journal.rules import moment_text
from incubator.milestones.models import Milestone, Update
from incubator.progress.queries_cards import is_public
from incubator.progress.rules_record import is_open
from incubator.projects.models import Project

TOLD = frozenset({"action", "from", "to", "amount_cents", "resolution_on"})


def of_entry(entry: Entry, base: str) -> tuple[Project, str] | None:
    """Return the project and the message, None where nobody outside may hear of it."""
    project = db.session.scalar(sa.select(Project).where(Project.id == entry.project_id, is_public()))
    if project is None:
        return None
    url = f"{base}/projects/{project.slug}"
    about: dict[str, Any] = {"project": {
        "slug": project.slug, "title": project.title, "language": project.language, "url": url}}
    kind = entry.action.partition(".")[0]
    if kind == "update":
        more = _update(entry, url)
    elif kind == "milestone":
        more = _milestone(entry)
    else:
        more = _step(entry, kind)
    return None if more is None else (project, body(NAMES.get(entry.action, entry.action), entry.at, about | more))


def _update(entry: Entry, url: str) -> dict[str, Any] | None:
    """Of news that was taken back only its number is said, so that others can take it back as well."""
    about = {"id": entry.subject_id, "url": f"{url}/updates/{entry.subject_id}"}
    if entry.action == "update.withdrawn":
        return {"update": about}
    if queries_news.update(entry.subject_id) is None:
        return None
    update = db.session.get_one(Update, entry.subject_id)
    return {"update": about | {"title": update.title, "language": update.language}}


def _step(entry: Entry, kind: str) -> dict[str, Any] | None:
    """Say of a step or an award what the open record says of it."""
    if not is_open(entry.action, entry.data):
        return None
    return {"step" if kind == "project" else kind: {
        name: value for name, value in entry.data.items() if name in TOLD}}


def _milestone(entry: Entry) -> dict[str, Any] | None:
    milestone = db.session.get(Milestone, entry.subject_id)
    if milestone is None:
        return None
    return {"milestone": {"id": milestone.id, "title": milestone.title, "language": milestone.language,
                          "status": milestone.status.value}}


def body(kind: str, at: datetime, data: dict[str, Any]) -> str:
    said = {"type": kind, "timestamp": moment_text(at), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
