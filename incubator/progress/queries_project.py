"""One project as the public sees it, with eight queries."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import NAME_COLUMNS, Person, public_name
from incubator.budgets.models import Award
from incubator.foundation.standing import Select, standing
from incubator.mentoring.models import Session
from incubator.milestones.models import Milestone
from incubator.milestones.rules import percent_reached
from incubator.organisations.models import Organisation
from incubator.partners.models import PartnerRole, Partnership, Pledge, PledgeKind, PledgeState
from incubator.payments.models import Account
from incubator.programme.models import District, Round, Theme
from incubator.progress import pages_project, rules
from incubator.progress.pages import Label, Link
from incubator.progress.pages_project import Decision, Partner, Pledged, ProjectPage
from incubator.progress.queries_cards import is_public, theme_name
from incubator.progress.queries_history import events, project_entries
from incubator.progress.queries_money import sum_columns, sums_of
from incubator.progress.queries_news import news, news_rows, wanted
from incubator.projects.models import Part, Participation, Project
from incubator.questions import queries_public as questions
from incubator.questions.rules import takes
from incubator.wording.queries import Words, words

NEWS_ON_PAGE = 6
EVENTS_ON_PAGE = 6
ANSWERS_ON_PAGE = 3
SHOWN_PLEDGES = (PledgeState.CONFIRMED, PledgeState.FULFILLED, PledgeState.PARTLY_FULFILLED)


def project_page(slug: str, language: str, today: date, before: int | None = None) -> ProjectPage | None:
    """Return what everyone may know of a project, None when the public does not know it yet."""
    rows = _project(slug)
    if not rows:
        return None
    row, asked = rows[0], [each for each in rows if each.message_id is not None]
    people = _people(row.id)
    partners = _partner_rows(row.id, row.carrier_id)
    planned = _milestones(row.id)
    updates = news_rows(today, project_id=row.id, before=before, limit=NEWS_ON_PAGE + 1)
    entries = project_entries(row.id)
    said = words(language, _owners(row.id, partners, planned, wanted(updates), asked))
    shown = news(updates, said)
    leads = [public_name(each) for each in people if each.kind is Part.LEAD]
    mentors = [public_name(each) for each in people if each.kind is Part.MENTOR]
    return ProjectPage(
        **_core(row, said),
        carrier=next((each for each in _partners(partners, said, row.carrier_id, carrier=True)), None),
        partners=_partners(partners, said, row.carrier_id, carrier=False),
        leads=rules.shown_names(leads, row.group_name),
        mentors=rules.shown_names(mentors, ""),
        milestones=tuple(_milestone(each, said, today, row.late_after) for each in planned),
        percent_reached=percent_reached((each.status, each.weight) for each in planned),
        news=shown[:NEWS_ON_PAGE],
        older_news=shown[NEWS_ON_PAGE - 1].id if len(shown) > NEWS_ON_PAGE else None,
        answered=questions.answered(asked[:ANSWERS_ON_PAGE], said.of),
        has_more_answers=len(asked) > ANSWERS_ON_PAGE,
        history=tuple(reversed(events(entries, {each.id: each for each in planned}, said)))[:EVENTS_ON_PAGE],
    )


@standing
def _project(slug: str) -> Select:
    """Return the project's own row, once for each of its newest answered questions, once where there is none."""
    asked = questions.newest(slug, ANSWERS_ON_PAGE + 1)
    talks = sa.select(sa.func.count(Session.id)).where(Session.project_id == Project.id).scalar_subquery()
    return (
        sa.select(
            Project.id, Project.slug, Project.status, Project.language, Project.title, Project.summary,
            Project.is_citywide, Project.group_name, Project.carrier_id, Project.starts_on, Project.ends_on,
            Project.resolution_body, Project.resolution_on, Project.resolution_reference, Project.resolution_url,
            Theme.names.label("theme"), District.slug.label("district_slug"), District.name.label("district"),
            Round.slug.label("round_slug"), Round.name.label("round"),
            Round.pays_out, Round.asks_receipts, Round.lateness_public_after_days.label("late_after"),
            Award.amount_cents, talks.label("talks"), *sum_columns(),
            Round.takes_questions, questions.helpers().label("helpers"), *questions.columns(asked),
        )
        .join(Round, Round.id == Project.round_id)
        .outerjoin(Theme, Theme.id == Project.theme_id)
        .outerjoin(District, District.id == Project.district_id)
        .outerjoin(Award, Award.project_id == Project.id)
        .outerjoin(Account, Account.project_id == Project.id)
        .outerjoin(asked, asked.c.project_id == Project.id)
        .where(Project.slug == slug, is_public())
        .order_by(asked.c.answered_at.desc(), asked.c.message_id.desc())
    )


def _core(row: Any, said: Words) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "title": said.of("project", row.id, "title", row.title, row.language),
        "summary": said.of("project", row.id, "summary", row.summary, row.language),
        "theme": theme_name(row.theme, said.language),
        "district": Link(row.district_slug, row.district) if row.district_slug else None,
        "is_citywide": row.is_citywide,
        "round": Link(row.round_slug, row.round),
        "status": Label(row.status.value, rules.status_label(row.status)),
        "tone": rules.TONES.get(row.status, "neutral"),
        "stages": rules.stages(row.status),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "group_name": row.group_name,
        "number_of_talks": row.talks,
        "sums": sums_of(row),
        "pays_out": row.pays_out,
        "asks_receipts": row.asks_receipts,
        "takes_questions": takes(row.status, row.takes_questions),
        "number_of_helpers": row.helpers,
        "decision": Decision(row.amount_cents, row.resolution_body, row.resolution_on, row.resolution_reference,
                             row.resolution_url),
    }


@standing
def _people(project_id: int) -> Select:
    return (
        sa.select(*NAME_COLUMNS, Participation.kind)
        .join(Participation, Participation.person_id == Person.id)
        .where(
            Participation.project_id == project_id,
            Participation.until.is_(None),
            Participation.kind.in_((Part.LEAD, Part.MENTOR)),
            Person.is_active,
        )
        .order_by(Participation.id)
    )


@standing
def _partner_rows(project_id: int, carrier_id: int | None) -> Select:
    """Return carrier and partners, one row for each pledge that stands."""
    shown = sa.and_(
        Pledge.project_id == project_id, Pledge.state.in_(SHOWN_PLEDGES), Pledge.id.not_in(questions.of_neighbours()))
    taking_part = sa.union(
        sa.select(Partnership.organisation_id).where(Partnership.project_id == project_id, Partnership.until.is_(None)),
        sa.select(Pledge.organisation_id).where(shown),
    )
    return (
        sa.select(
            Organisation.id, Organisation.name, Organisation.website, Organisation.is_fictional, Partnership.roles,
            Pledge.id.label("pledge_id"), Pledge.kind, Pledge.description, Pledge.language, Pledge.quantity,
            Pledge.unit, Pledge.value_cents, Pledge.done_quantity, Pledge.state,
        )
        .outerjoin(Partnership, sa.and_(
            Partnership.organisation_id == Organisation.id, Partnership.project_id == project_id,
            Partnership.until.is_(None),
        ))
        .outerjoin(Pledge, sa.and_(Pledge.organisation_id == Organisation.id, shown))
        .where(sa.or_(Organisation.id == carrier_id, Organisation.id.in_(taking_part)))
        .order_by(Organisation.name, Pledge.id)
    )


def _partners(rows: Sequence[Any], said: Words, carrier_id: int | None, *, carrier: bool) -> tuple[Partner, ...]:
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        if (row.id == carrier_id) is carrier:
            grouped.setdefault(row.id, []).append(row)
    return tuple(
        Partner(
            name=each[0].name,
            website=each[0].website,
            is_fictional=each[0].is_fictional,
            roles=tuple(PartnerRole(role).label for role in each[0].roles or ()),
            pledges=tuple(_pledged(row, said) for row in each if row.pledge_id),
        )
        for each in grouped.values()
    )


def _pledged(row: Any, said: Words) -> Pledged:
    return Pledged(
        kind=PledgeKind(row.kind).label,
        description=said.of("pledge", row.pledge_id, "description", row.description, row.language),
        quantity=row.quantity,
        unit=row.unit,
        cents=row.value_cents if row.kind is PledgeKind.MONEY else None,
        state=PledgeState(row.state).label,
        done=row.done_quantity,
    )


@standing
def _milestones(project_id: int) -> Select:
    return (
        sa.select(
            Milestone.id, Milestone.title, Milestone.language, Milestone.description, Milestone.status,
            Milestone.due_on, Milestone.forecast_on, Milestone.actual_on, Milestone.weight, Milestone.is_gate,
            Milestone.needs_id,
        ).where(Milestone.project_id == project_id).order_by(Milestone.due_on, Milestone.id)
    )


def _milestone(row: Any, said: Words, today: date, late_after: int | None) -> pages_project.Milestone:
    status = rules.milestone_status(row.status)
    title = said.of("milestone", row.id, "title", row.title, row.language)
    return pages_project.Milestone(
        title=title.text,
        language=title.language,
        is_translation=title.is_translation,
        description=said.of("milestone", row.id, "description", row.description, row.language),
        status=Label(status.value, rules.MILESTONE_LABELS[status]),
        due=row.due_on,
        forecast=row.forecast_on,
        actual=row.actual_on if row.status.value == "accepted" else None,
        overdue=rules.is_overdue(row.status, row.due_on, today, late_after),
        is_gate=row.is_gate, weight=row.weight, number=row.id, needs=row.needs_id,
    )


def _owners(
    project_id: int, partners: Sequence[Any], planned: Sequence[Any], told: dict[str, set[int]], asked: Sequence[Any]
) -> dict[str, set[int]]:
    return {
        "project": {project_id},
        "milestone": {row.id for row in planned} | told["milestone"],
        "update": told["update"],
        "photo": told["photo"],
        "pledge": {row.pledge_id for row in partners if row.pledge_id},
        "message": {row.message_id for row in asked},
    }
