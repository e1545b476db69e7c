"""Public facts for the fediverse, read where the public pages read them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from incubator.fediverse import rules
from incubator.fediverse.models import Actor, ActorKind, Note
from incubator.fediverse.said import Face, Photo, Site, Told
from incubator.foundation import money
from incubator.foundation.database import db
from incubator.foundation.language import DEFAULT, LANGUAGES, in_language, named
from incubator.foundation.rendering import day
from incubator.milestones.models import Update
from incubator.progress.pages import News
from incubator.progress.pages_project import ProjectPage
from incubator.progress.queries_news import news, news_rows, wanted
from incubator.progress.queries_project import project_page
from incubator.projects.models import Project
from incubator.wording.models import Origin
from incubator.wording.queries import words_of_all

MOST = 200  # of a project's updates
IN_OUTBOX = 20


def face(actor: Actor, site: Site, today: date) -> Face | None:
    """Return an actor as others see it, None where the public must not see it (any more)."""
    if actor.gone_at is not None:
        return None
    plain = Face(actor.kind.value, actor.handle, actor.public_key, actor.made_at, site.name, "", f"{site.base}/")
    with in_language(DEFAULT.code):
        if actor.kind is ActorKind.INSTANCE:
            return plain
        if actor.kind is ActorKind.PROGRAMME:
            return replace(plain, summary=_("News from the projects: what was reached, and what comes next."))
        slug = actor.slug or db.session.scalar(sa.select(Project.slug).where(Project.id == actor.project_id))
        page = project_page(slug or "", DEFAULT.code, today)
        return None if page is None else _of_project(plain, page, site)


def _of_project(plain: Face, page: ProjectPage, site: Site) -> Face:
    url = f"{site.base}/{DEFAULT.code}/projects/{page.slug}"
    rows = [(_("Stage"), str(page.status.label)), (_("Website"), url)]
    if page.sums.awarded:
        rows.append((_("Awarded by the city"), money.format(page.sums.awarded, DEFAULT.code)))
    if page.starts_on and page.ends_on:
        rows.append((_("Period"), f"{day(page.starts_on)} – {day(page.ends_on)}"))
    return replace(plain, name=page.title.text, summary=page.summary.text, page=url, rows=tuple(rows))


def told_of(project_id: int, site: Site, today: date) -> dict[int, Told]:
    """Return a project's published updates, the newest, by their numbers."""
    return _told(news_rows(today, project_id=project_id, limit=MOST), site)


def told(update_ids: Collection[int], site: Site, today: date) -> dict[int, Told]:
    """Return those of these updates that everybody may read."""
    if not update_ids:
        return {}
    return _told(news_rows(today, among=Update.id.in_(update_ids), limit=len(update_ids)), site)


def _told(rows: Sequence[Any], site: Site) -> dict[int, Told]:
    """Put them into every language in which there are words, with one query for all."""
    written_in = {row.id: named(row.language) for row in rows}
    said = words_of_all([each.code for each in LANGUAGES], wanted(rows))
    contents: dict[int, dict[str, str]] = {number: {} for number in written_in}
    photos: dict[int, tuple[Photo, ...]] = {}
    for each in LANGUAGES:
        with in_language(each.code):
            for one in news(rows, said[each.code]):
                is_own = written_in[one.id] == each
                if is_own or one.text.language == each.code:
                    contents[one.id][each.html] = _html(one, each.code, site)
                if is_own:
                    photos[one.id] = tuple(Photo(p.url, p.alt, named(p.alt_language).html, p.width, p.height)
                                           for p in one.pictures)
    firsts = {row.id: row for row in rows}
    return {
        number: Told(
            number, f"{site.base}/{written_in[number].code}/projects/{row.slug}/updates/{number}",
            written_in[number].html, row.published_at, contents[number], photos[number])
        for number, row in firsts.items()
    }


def _html(one: News, code: str, site: Site) -> str:
    url = f"{site.base}/{code}/projects/{one.project_slug}/updates/{one.id}"
    said = [rules.html_of(one.title.text), rules.html_of(one.text.text)]
    if one.text.origin is Origin.MACHINE:
        said.append(rules.html_of(str(Origin.MACHINE.label)))
    return "".join([*said, rules.link_of(url, one.project_title.text)])


def note(note_id: int) -> Note | None:
    return db.session.get(Note, note_id, options=[joinedload(Note.actor)])


def notes(actor_id: int | None, before: int | None, limit: int = IN_OUTBOX) -> Sequence[Note]:
    """Return the newest notes of an actor, of all with None; `before` is the number of one: older ones are wanted."""
    query = sa.select(Note).where(Note.withdrawn_at.is_(None))
    if actor_id is not None:
        query = query.where(Note.actor_id == actor_id)
    if before is not None:
        query = query.where(Note.id < before)
    return db.session.scalars(query.order_by(Note.id.desc()).limit(limit)).all()


def number_of_notes(actor_id: int | None) -> int:
    query = sa.select(sa.func.count(Note.id)).where(Note.withdrawn_at.is_(None))
    return db.session.scalar(query if actor_id is None else query.where(Note.actor_id == actor_id)) or 0


def all_notes(actor_id: int) -> Sequence[Note]:
    """Return what an actor ever said, also what it took back."""
    return db.session.scalars(sa.select(Note).where(Note.actor_id == actor_id)).all()
