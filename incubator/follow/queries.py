"""Followers, what they follow, and what that is called."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from incubator.follow import rules
from incubator.follow.models import Follower, Following, Rhythm, Topic
from incubator.foundation.database import db
from incubator.programme.models import District, Theme
from incubator.progress.queries_cards import is_public, theme_name
from incubator.projects.models import Project
from incubator.wording.queries import Passage, words


@dataclass(frozen=True)
class Target:
    """Something that can be followed, as everybody may see it; `name` is None for the whole programme."""

    kind: Topic
    id: int
    name: Passage | None
    slug: str = ""


EVERYTHING = Target(Topic.PROGRAMME, 0, None)


def target_by_slug(kind: Topic, slug: str, language: str) -> Target | None:
    """Return a public thing by the name in its address."""
    return next(iter(_targets(kind, _slug(kind) == slug, language)), None)


def _slug(kind: Topic) -> Any:
    return {Topic.PROJECT: Project.slug, Topic.DISTRICT: District.slug, Topic.THEME: Theme.slug}[kind]


def _targets(kind: Topic, which: sa.ColumnElement[bool], language: str) -> list[Target]:
    if kind is Topic.PROJECT:
        rows = db.session.execute(
            sa.select(Project.id, Project.slug, Project.title, Project.language).where(which, is_public())).all()
        said = words(language, {"project": [row.id for row in rows]})
        return [
            Target(kind, row.id, said.of("project", row.id, "title", row.title, row.language), row.slug)
            for row in rows
        ]
    if kind is Topic.DISTRICT:
        named = db.session.execute(sa.select(District.id, District.slug, District.name).where(which))
        return [Target(kind, row.id, Passage(row.name, "de"), row.slug) for row in named]
    themes = db.session.execute(sa.select(Theme.id, Theme.slug, Theme.names).where(which))
    return [
        Target(kind, row.id, Passage(theme_name(row.names, language), language if language in row.names else "de"),
               row.slug)
        for row in themes
    ]


def named(followings: Collection[Following], language: str) -> list[tuple[Following, Target]]:
    """Return followings with what they are of; one of a project that is no longer public is left out."""
    found: dict[tuple[Topic, int], Target] = {(Topic.PROGRAMME, 0): EVERYTHING}
    for kind, column in ((Topic.PROJECT, Project.id), (Topic.DISTRICT, District.id), (Topic.THEME, Theme.id)):
        if ids := [each.target_id for each in followings if each.kind is kind]:
            found |= {(kind, each.id): each for each in _targets(kind, column.in_(ids), language)}
    return [(each, target) for each in followings if (target := found.get((each.kind, each.target_id)))]


def follower_with_mail(mail: str) -> Follower | None:
    return db.session.scalar(sa.select(Follower).where(Follower.mail == mail))


def follower_of(given: str, secret: str) -> Follower | None:
    """Return whose link this is; None for one that is not ours, or whose follower is gone."""
    number = rules.number_of(given)
    found = db.session.get(Follower, number) if number is not None else None
    if found is None or not rules.fits(given, secret, "manage", found.id, found.salt):
        return None
    return found


def asked(given: str, secret: str) -> Following | None:
    """Return what a link out of our question confirms, also when it was confirmed before."""
    number = rules.number_of(given)
    found = db.session.get(Following, number) if number is not None else None
    if found is None or not rules.fits(given, secret, "confirm", found.id, found.follower.salt):
        return None
    return found


def following(follower_id: int, kind: Topic, target_id: int) -> Following | None:
    return db.session.scalar(sa.select(Following).where(
        Following.follower_id == follower_id, Following.kind == kind, Following.target_id == target_id))


def followings(follower_id: int) -> Sequence[Following]:
    """Return what somebody follows and has confirmed."""
    return db.session.scalars(
        sa.select(Following)
        .where(Following.follower_id == follower_id, Following.confirmed_at.is_not(None)).order_by(Following.id)
    ).all()


def _hearing(rhythm: Rhythm) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Follower.id, Follower.mail, Follower.language, Follower.salt, Follower.told_until)
        .where(Follower.confirmed_at.is_not(None), Follower.ended_at.is_(None), Follower.rhythm == rhythm)
        .order_by(Follower.id)
    )


def hearing_now(topics: Collection[tuple[Topic, int]], *, after: int, limit: int) -> Sequence[Any]:
    """Return the next followers of any of these things who want to hear at once, each once."""
    of_these = sa.select(Following.follower_id).where(
        Following.confirmed_at.is_not(None),
        sa.or_(*(sa.and_(Following.kind == kind, Following.target_id == number) for kind, number in topics)),
    )
    return db.session.execute(
        _hearing(Rhythm.NOW).where(Follower.id > after, Follower.id.in_(of_these)).limit(limit)).all()


def hearing_weekly(end: datetime, *, limit: int) -> Sequence[Any]:
    """Return the next followers who have not heard of the week before `end`."""
    return db.session.execute(_hearing(Rhythm.WEEKLY).where(Follower.told_until < end).limit(limit)).all()


def topics_of(follower_ids: Collection[int]) -> dict[int, set[tuple[Topic, int]]]:
    found: dict[int, set[tuple[Topic, int]]] = {number: set() for number in follower_ids}
    rows = db.session.execute(
        sa.select(Following.follower_id, Following.kind, Following.target_id)
        .where(Following.follower_id.in_(follower_ids), Following.confirmed_at.is_not(None))
    )
    for row in rows:
        found[row.follower_id].add((row.kind, row.target_id))
    return found
