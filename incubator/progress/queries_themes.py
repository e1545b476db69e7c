"""A theme, or a district, with everything around it: what is known, what people thought of, what is being done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.dialogue.models import Idea, NeedEvidence
from incubator.foundation.database import db
from incubator.programme.models import District, Theme
from incubator.progress import queries, queries_dialogue
from incubator.progress.kept import kept
from incubator.progress.pages import Filters
from incubator.progress.pages_dialogue import ThemeCard, ThemePage, WholeDistrict
from incubator.progress.queries_cards import cards, chosen, number_of, theme_name
from incubator.progress.queries_dialogue import findings, findings_listed, idea_is_public, ideas, ideas_listed
from incubator.progress.queries_news import news, news_rows, wanted
from incubator.projects.models import Project
from incubator.wording.queries import words

ON_THEME = 24
NEWS_ON_THEME = 6


def themes(language: str) -> tuple[ThemeCard, ...]:
    """Return all themes with how much there is in each, with one query."""
    return tuple(_card(row, language) for row in _rows())


@kept
def _rows(slug: str | None = None) -> Sequence[Any]:
    return db.session.execute(_counted() if slug is None else _counted().where(Theme.slug == slug)).all()


def _counted() -> sa.Select[*tuple[Any, ...]]:
    number = sa.func.count
    needs = sa.select(number(NeedEvidence.id)).where(NeedEvidence.theme_id == Theme.id).scalar_subquery()
    given = sa.select(number(Idea.id)).where(Idea.theme_id == Theme.id, idea_is_public()).scalar_subquery()
    grown = number_of(Project.theme_id == Theme.id)
    return sa.select(
        Theme.id, Theme.slug, Theme.names, needs.label("needs"), given.label("ideas"), grown.label("projects"),
    ).order_by(Theme.position, Theme.id)


def _card(row: Any, language: str) -> ThemeCard:
    return ThemeCard(row.slug, theme_name(row.names, language), row.needs, row.ideas, row.projects)


def theme_page(slug: str, language: str, today: date) -> ThemePage | None:
    """Return a theme's page, with eight queries."""
    found = _rows(slug)
    if not found:
        return None
    row = found[0]
    known, given = _around(NeedEvidence.theme_id == row.id, Idea.theme_id == row.id)
    grown = chosen(Filters(theme=slug), ON_THEME)
    told = news_rows(today, among=Project.theme_id == row.id, limit=NEWS_ON_THEME)
    said = words(language, wanted(told) | _owners(known, given))
    return ThemePage(
        card=_card(row, language),
        findings=findings(known, said),
        ideas=ideas(given, said),
        projects=cards(grown, language, today),
        news=news(told, said),
    )


def whole_district(slug: str, language: str, today: date) -> WholeDistrict | None:
    """Return a district's page with what is known and what people thought of there, with seven queries."""
    page = queries.district(slug, language, today)
    if page is None:
        return None
    here = sa.select(District.id).where(District.slug == slug).scalar_subquery()
    known, given = _around(NeedEvidence.district_id == here, Idea.district_id == here)
    said = words(language, _owners(known, given))
    return WholeDistrict(page, findings(known, said), ideas(given, said))


def _around(need: sa.ColumnElement[bool], idea: sa.ColumnElement[bool]) -> tuple[Sequence[Any], Sequence[Any]]:
    known = db.session.execute(findings_listed().where(need).limit(queries_dialogue.ON_PAGE)).all()
    given = db.session.execute(ideas_listed().where(idea).limit(ON_THEME)).all()
    return known, given


def _owners(known: Sequence[Any], given: Sequence[Any]) -> dict[str, Any]:
    return {"need_evidence": [row.id for row in known], "idea": [row.id for row in given]}
