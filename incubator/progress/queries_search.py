"""What the public finds: projects in their list, and everything else beside them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.foundation.database import db
from incubator.milestones.models import Update
from incubator.progress import rules_search, rules_snippets
from incubator.progress.models import Kind
from incubator.progress.pages import Filters, Label, Marked
from incubator.progress.pages_search import Found, Group, SearchPage
from incubator.progress.queries_cards import listed, narrowed
from incubator.progress.queries_hits import hits
from incubator.progress.queries_passages import Thing, in_language, things
from incubator.progress.rules_search import Query
from incubator.projects.models import Project
from incubator.wording.queries import Passage, words

MOST_FOUND = 100
IN_GROUP = 6
KINDS = {
    Kind.PROJECT: _l("Projects"), Kind.UPDATE: _l("News"), Kind.WORKSHOP: _l("Workshops"), Kind.IDEA: _l("Ideas"),
    Kind.EVIDENCE: _l("Needs"),
}


def search_page(q: str, language: str) -> SearchPage:
    """Look for words in everything public: three queries for each kind that is found, four more for projects."""
    query = rules_search.asked(q)
    groups = [_group(kind, query, language) for kind in KINDS] if query.words else []
    return SearchPage(q, tuple(group for group in groups if group.found), is_silent=bool(q) and not query.words)


def _group(kind: Kind, query: Query, language: str) -> Group:
    ids = hits(kind, query, None, IN_GROUP + 1)
    there = _true(kind, ids[:IN_GROUP], query)
    named = _project_titles(there.values(), language) if kind is Kind.UPDATE else {}
    found = tuple(_found(kind, thing, named, query, language) for thing in there.values())
    return Group(Label(kind.value, KINDS[kind]), found, has_more=len(ids) > IN_GROUP)


def _true(kind: Kind, ids: Sequence[int], query: Query) -> dict[int, Thing]:
    """Keep, in their order, the things whose rows still say what the index remembers of them."""
    there = things(kind, ids)
    return {
        number: there[number] for number in ids
        if number in there and rules_snippets.says_all(there[number].pieces, query)
    }


def _project_titles(updates: Collection[Thing], language: str) -> dict[int, Passage]:
    ids = [thing.project_id for thing in updates if thing.project_id]
    rows = db.session.execute(
        sa.select(Project.id, Project.title, Project.language).where(Project.id.in_(ids))
    ).all()
    said = words(language, {"project": [row.id for row in rows]})
    return {row.id: said.of("project", row.id, "title", row.title, row.language) for row in rows}


def _found(kind: Kind, thing: Thing, named: dict[int, Passage], query: Query, language: str) -> Found:
    title = in_language(thing.said, language, thing.language)
    texts = [piece for piece in thing.pieces if piece.language and not piece.is_title]
    beginning = rules_snippets.beginning(in_language(texts, language, thing.language)) if texts else None
    return Found(
        kind=kind.value, id=thing.id, key=thing.key, title=rules_snippets.whole(title, query),
        snippet=_told(thing, query, language) or beginning, place=thing.place, at=thing.at,
        within=named.get(thing.project_id or 0),
    )


def _told(thing: Thing, query: Query, language: str) -> Marked | None:
    """Choose where the words stand, beside the title that is shown anyway."""
    shown = in_language(thing.said, language, thing.language)
    return rules_snippets.snippet([piece for piece in thing.pieces if piece != shown], query, language)


@dataclass(frozen=True)
class FoundProjects:
    """One page of rows for cards, best first, and where the words stand that were looked for."""

    rows: list[Any]
    after: int | None
    snippets: dict[int, Marked]


def found_projects(filters: Filters, size: int, language: str) -> FoundProjects:
    """Look for projects by their own words, then by their news, with eleven queries at most.

    The best hundred are looked at; the page after a project begins behind it, wherever it stands among them.
    """
    query = rules_search.asked(filters.q)
    ids, by_news = _ranked(query, filters)
    start = ids.index(filters.after) + 1 if filters.after in ids else 0
    shown = ids[start:start + size]
    true = _true(Kind.PROJECT, shown, query)
    told = _true(Kind.UPDATE, [by_news[each] for each in shown if each not in true and each in by_news], query)
    there = {each: _told(thing, query, language) for each, thing in true.items()}
    for thing in told.values():
        there[thing.project_id or 0] = _told(thing, query, language) or rules_snippets.whole(thing.said[0], query)
    rows = {row.id: row for row in db.session.execute(listed().where(Project.id.in_(list(there))))} if there else {}
    return FoundProjects(
        rows=[rows[each] for each in shown if each in rows],
        after=shown[-1] if len(ids) > start + size else None,
        snippets={each: words for each, words in there.items() if each in rows and words},
    )


def _ranked(query: Query, filters: Filters) -> tuple[list[int], dict[int, int]]:
    """Return ids of projects, best first, and by project the news through which it was found."""
    wanted = narrowed(filters)
    ids = dict.fromkeys(hits(Kind.PROJECT, query, sa.and_(sa.true(), *wanted), MOST_FOUND))
    by_news: dict[int, int] = {}
    if query.words and len(ids) < MOST_FOUND:
        among = sa.exists().where(Project.id == Update.project_id, *wanted).correlate(Update)
        updates = hits(Kind.UPDATE, query, among, MOST_FOUND)
        rows = db.session.execute(sa.select(Update.id, Update.project_id).where(Update.id.in_(updates)))
        project_of = {row.id: row.project_id for row in rows} if updates else {}
        for each in updates:
            by_news.setdefault(project_of[each], each)
    return list(ids | dict.fromkeys(by_news))[:MOST_FOUND], by_news
