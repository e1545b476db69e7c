"""The programme's public pages: start page, list, districts, rounds."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.dialogue.rules_ideas import takes as takes_ideas
from incubator.foundation.database import db
from incubator.foundation.paging import page_of
from incubator.foundation.standing import Select, standing
from incubator.programme.models import District, Round, RoundFact, RoundState, Theme
from incubator.progress import queries_home, rules
from incubator.progress.kept import kept
from incubator.progress.pages import (
    Date,
    DistrictCard,
    DistrictPage,
    Fact,
    Filters,
    Label,
    Link,
    ProjectList,
    RoundCard,
    RoundPage,
)
from incubator.progress.pages_home import Home
from incubator.progress.queries_cards import (
    PUBLIC_STATUSES,
    cards,
    chosen,
    listed,
    newest,
    number_of,
    theme_name,
    whole_list,
    with_milestones,
)
from incubator.progress.queries_news import news, news_rows, wanted
from incubator.progress.queries_search import FoundProjects, found_projects
from incubator.projects.models import Project
from incubator.wording.queries import Words, words

ON_HOME = 9
NEWS_ON_HOME = 3
ON_LIST = 20
ON_PAGE = 60
ROUND_DATES = (
    (_l("Ideas"), "ideas_from", "ideas_until"),
    (_l("Proposals until"), "proposals_until", None),
    (_l("Check of the proposals until"), "check_until", None),
    (_l("Mentoring and budgets until"), "budgets_until", None),
    (_l("The panel meets"), "panel_on", None),
    (_l("The committee deliberates"), "committee_on", None),
    (_l("The council decides"), "council_on", None),
    (_l("Notices to the projects"), "notices_on", None),
    (_l("The projects work"), "period_from", "period_until"),
    (_l("Final reports until"), "reports_due_on", None),
)


def home(language: str, today: date) -> Home:
    rounds = _rounds()
    now = _current(rounds)
    rows = _of_round(now.id, ON_HOME + 1) if now else []
    updates = news_rows(today, limit=NEWS_ON_HOME)
    known, workshops = queries_home.fact_rows(rounds), queries_home.workshop_rows()
    projects, told = with_milestones(rows[:ON_HOME]), wanted(updates)
    said = words(language, told | {kind: ids | told[kind] for kind, ids in projects.owners.items()} | {
        "round": [each.id for each in rounds], "round_fact": [row.id for row in known],
        "workshop": [row.id for row in workshops],
    })
    return Home(
        round=_round_card(now, said, today) if now else None,
        other_rounds=tuple(_round_card(each, said, today) for each in rounds if each is not now),
        projects=projects.cards(said, today),
        has_more_projects=len(rows) > ON_HOME,
        news=news(updates, said),
        stages=queries_home.stages(now),
        ahead=queries_home.ahead(_dates(now) if now else [], workshops, said, today),
        story=queries_home.story(rounds, known, said),
    )


@standing
def _rounds() -> Select:
    """Return what the public may know of, newest first."""
    columns = (getattr(Round, each.key) for each in sa.inspect(Round).column_attrs)
    return (
        sa.select(*columns).where(Round.state != RoundState.DRAFT).order_by(Round.period_from.desc(), Round.id.desc())
    )


@standing
def _of_round(round_id: int, size: int) -> Select:
    return listed().where(newest(PUBLIC_STATUSES, None, size, Project.round_id == round_id)).limit(size)


def _current(rounds: Sequence[Any]) -> Any | None:
    """Choose the round the start page speaks of: an open one, best with projects, else the newest under way."""
    for each in rounds:
        if each.state is RoundState.OPEN and each.awarded_cents:
            return each
    for state in (RoundState.OPEN, RoundState.CLOSED):
        for each in rounds:
            if each.state is state:
                return each
    return None


def project_list(filters: Filters, language: str, today: date) -> ProjectList:
    found = _looked_for(filters, language)
    return ProjectList(
        filters=filters,
        projects=cards(found.rows, language, today),
        after=found.after,
        snippets=found.snippets,
        rounds=tuple(Link(row.slug, row.name) for row in _round_names()),
        themes=tuple(Link(row.slug, theme_name(row.names, language)) for row in _theme_names()),
        districts=tuple(Link(row.slug, row.name) for row in _district_names()),
        stages=tuple(Link(stage.value, stage.label) for stage in rules.STAGES[2:]),
    )


@standing
def _round_names() -> Select:
    return sa.select(Round.slug, Round.name).where(Round.state != RoundState.DRAFT).order_by(Round.id.desc())


@standing
def _theme_names() -> Select:
    return sa.select(Theme.slug, Theme.names).order_by(Theme.position, Theme.id)


@standing
def _district_names() -> Select:
    return sa.select(District.slug, District.name).order_by(District.name)


def _looked_for(filters: Filters, language: str) -> FoundProjects:
    """Return the newest that fit, or the best where somebody looks for words."""
    if filters.q:
        return found_projects(filters, ON_LIST, language)
    is_narrowed, size = filters.round or filters.theme or filters.district or filters.stage, ON_LIST + 1
    rows = chosen(filters, size) if is_narrowed else whole_list(filters.after, size)
    page = page_of(rows, ON_LIST)
    return FoundProjects(list(page.rows), page.after, {})


@kept
def _districts(slug: str | None = None) -> tuple[DistrictCard, ...]:
    query = sa.select(District, number_of(Project.district_id == District.id).label("number"))
    if slug is not None:
        query = query.where(District.slug == slug)
    return tuple(_district_card(row, number) for row, number in db.session.execute(query.order_by(District.name)))


def _district_card(row: District, number: int) -> DistrictCard:
    has_source = row.migration_share_source and row.migration_share_year
    return DistrictCard(
        slug=row.slug,
        name=row.name,
        number=row.number,
        inhabitants=row.inhabitants,
        area_hectares=row.area_hectares,
        source=row.source,
        migration_share_pct=row.migration_share_pct if has_source else None,
        migration_share_source=row.migration_share_source,
        migration_share_year=row.migration_share_year,
        number_of_projects=number,
        column=row.tile_column,
        row=row.tile_row,
    )


def districts() -> tuple[DistrictCard, ...]:
    return _districts()


def district(slug: str, language: str, today: date) -> DistrictPage | None:
    found = _districts(slug)
    if not found:
        return None
    rows = chosen(Filters(district=slug), ON_PAGE)
    return DistrictPage(found[0], cards(rows, language, today))


def known_round(slug: str) -> Round | None:
    """Return a round that is open or was; one in preparation is nobody's business yet."""
    return db.session.scalar(sa.select(Round).where(Round.slug == slug, Round.state != RoundState.DRAFT))


def round_page(row: Round, language: str, today: date) -> RoundPage:
    facts = db.session.execute(
        sa.select(
            RoundFact.id, RoundFact.kind, RoundFact.text, RoundFact.language, RoundFact.source,
            RoundFact.on.label("day"), RoundFact.until,
        ).where(RoundFact.round_id == row.id).order_by(RoundFact.position, RoundFact.on, RoundFact.id)
    ).all()
    projects = with_milestones(_of_round(row.id, ON_PAGE))
    said = words(language, projects.owners | {"round": {row.id}, "round_fact": {fact.id for fact in facts}})
    return RoundPage(
        card=_round_card(row, said, today),
        dates=tuple(_dates(row)),
        rule_source=row.rule_source,
        facts=tuple(_fact(fact, said) for fact in facts),
        projects=projects.cards(said, today),
    )


def _fact(row: Any, said: Words) -> Fact:
    text = said.of("round_fact", row.id, "text", row.text, row.language)
    return Fact(row.kind, text, row.source, row.day, row.until)


def _dates(row: Any) -> list[Date]:
    dates = []
    for label, start, end in ROUND_DATES:
        on: date | None = getattr(row, start)
        until: date | None = getattr(row, end) if end else None
        if first := on or until:
            dates.append(Date(label, first, until if on else None))
    return dates


def _round_card(row: Any, said: Words, today: date) -> RoundCard:
    takes = rules.takes_proposals(row.state, row.proposals_until, today)
    year = row.period_from or row.council_on or row.proposals_until
    return RoundCard(
        slug=row.slug,
        name=row.name,
        state=Label(row.state.value, rules.round_label(row.state, takes)),
        summary=said.of("round", row.id, "summary", row.summary, row.language),
        is_fictional=row.is_fictional,
        fund_cents=row.fund_cents,
        awarded_cents=row.awarded_cents,
        reserve_cents=row.reserve_cents,
        proposals_until=row.proposals_until,
        takes_proposals=takes,
        year=year.year if year else None,
        takes_ideas=takes_ideas(row, today),
    )
