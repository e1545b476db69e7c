"""News from the team, with photos; what they may show is decided by the consent on file."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.media import operations as media
from incubator.media import rules as consent
from incubator.media.models import Photo
from incubator.milestones import rules_updates as rules
from incubator.milestones.models import Update, UpdateState
from incubator.projects.models import Project


def write_update(
    project: Project, by, *, title: str, text: str, photos: Iterable[dict[str, Any]] = (), language: str | None = None
) -> Update:
    """Publish news at once, or propose it where the round wants news read first.

    Each of `photos` has data and alt, and perhaps shows_people, consent, consent_until and credit.
    """
    hold(project)
    rules.demand_public(project)
    update = Update(
        project_id=project.id, title=title, text=text, language=language or project.language,
        written_by_id=by.id, written_at=clock.now(),
    )
    db.session.add(update)
    add_photos(update, by, photos)
    if project.round.reviews_news:
        update.state = UpdateState.PROPOSED
        record("update.proposed", by, update)
    else:
        publish(update, by)
    return update


def withdraw_update(update: Update, by) -> None:
    """Take news back: text and photos disappear from the public at once."""
    hold(update.project)
    hold(update)
    rules.demand_withdrawable(update)
    update.state = UpdateState.WITHDRAWN
    for photo in update.photos:
        media.hide(photo, by)
    record("update.withdrawn", by, update, milestone=update.milestone_id)


def withdraw_photo(photo: Photo, by) -> None:
    """Take one photo out of everybody's sight, for instance because somebody in it wishes so."""
    media.withdraw(hold(photo), by)


def publish(update: Update, by) -> None:
    """Show an update, with those of its photos that may be shown."""
    update.state, update.published_at = UpdateState.PUBLISHED, clock.now()
    for photo in update.photos:
        if consent.may_be_public(photo, clock.today()):
            media.publish(photo, by)
    record("update.published", by, update, milestone=update.milestone_id)


def add_photos(update: Update, by, photos: Iterable[dict[str, Any]]) -> None:
    """Keep photos with an update, at most four together; people in them are shown only with their consent."""
    photos = list(photos)
    if not photos:
        return
    shown = [photo for photo in update.photos if photo.withdrawn_at is None]
    if len(shown) + len(photos) > consent.PHOTOS_EACH:
        raise RuleBroken(
            _l("At most %(number)s photos fit here. Please choose the best ones.", number=consent.PHOTOS_EACH), "photos"
        )
    for each in photos:
        until = each.get("consent_until") or consent.consent_ends(clock.today())
        try:
            photo = media.keep(
                each["data"], by, alt=each["alt"], alt_language=update.language, project_id=update.project_id,
                credit=each.get("credit", ""), shows_people=each.get("shows_people", False),
                consent_until=until if each.get("consent") else None,
            )
        except RuleBroken as broken:
            raise RuleBroken(broken.sentence, "photos") from None
        update.photos.append(photo)
