"""News that is read before everybody reads it, and news that is corrected afterwards."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken, Stale
from incubator.journal import record
from incubator.milestones import rules_updates as rules
from incubator.milestones.models import Update, UpdateState, UpdateVersion
from incubator.milestones.operations_updates import add_photos, publish
from incubator.wording import operations as wording

FIELDS = ("title", "text", "language")


def change_update(
    update: Update, by, *, title: str, text: str, language: str, photos: Iterable[dict[str, Any]] = (),
    words: Sequence[dict[str, str]] = (), version: int | None = None,
) -> None:
    """Change news that nobody reads yet; what was returned is proposed again."""
    _hold(update)
    seen(update, version, _said(update))
    rules.demand_changeable(update)
    rules.demand_public(update.project)

    was_returned = update.state is UpdateState.RETURNED
    update.title, update.text, update.language = title, text, language
    update.written_by_id, update.written_at = by.id, clock.now()
    update.state = UpdateState.PROPOSED
    _describe(update, by, words)
    add_photos(update, by, photos)
    record("update.proposed" if was_returned else "update.changed", by, update)


def publish_update(update: Update, by, version: int | None = None) -> None:
    """Let everybody read what was proposed, exactly as it was read here."""
    _hold(update)
    _demand_read(update, version)
    rules.demand_proposed(update)

    update.reviewed_by_id, update.review_note = by.id, ""
    publish(update, by)


def return_update(update: Update, by, note: str, version: int | None = None) -> None:
    """Send proposed news back and say what should be changed."""
    _hold(update)
    _demand_read(update, version)
    rules.demand_proposed(update)
    rules.demand_note(note)

    update.state, update.review_note, update.reviewed_by_id = UpdateState.RETURNED, note, by.id
    record("update.returned", by, update)


def correct_update(
    update: Update, by, *, title: str, text: str, language: str, note: str, words: Sequence[dict[str, str]] = (),
    version: int | None = None,
) -> None:
    """Correct published news: everybody reads the new words at once, and the note; the earlier words are kept.

    Translations of what was changed go, because they still say what was wrong.
    """
    _hold(update)
    seen(update, version, _said(update))
    said = {"title": title, "text": text, "language": language}
    changed = [name for name in FIELDS if getattr(update, name) != said[name]]
    parts = [*changed, *("alt" for _each in _new_words(update, words))]
    rules.demand_correction(update, parts, note)

    db.session.add(UpdateVersion(
        update_id=update.id, title=update.title, text=update.text, language=update.language, replaced_at=clock.now(),
        replaced_by_id=by.id, note=note,
    ))
    with wording.reworded("update", update, *FIELDS, hides=True):
        for name in changed:
            setattr(update, name, said[name])
    update.corrected_at, update.correction_note = clock.now(), note
    _describe(update, by, words)
    record("update.corrected", by, update, milestone=update.milestone_id, parts=parts)


def _hold(update: Update) -> None:
    hold(update.project)
    hold(update)


def _said(update: Update) -> dict[str, str]:
    return {name: getattr(update, name) for name in FIELDS}


def _demand_read(update: Update, version: int | None) -> None:
    """Whoever answers has read these very words."""
    if version is not None and update.version != version:
        raise Stale(_l("The team changed this while you were reading. Please read it again."), update.version, {})


def _new_words(update: Update, words: Sequence[dict[str, str]]) -> dict[int, str]:
    """Return the words for photos that differ from those kept, by the photo's id; photos that went are left out."""
    by_key = {photo.key: photo for photo in update.photos if photo.withdrawn_at is None}
    found = {}
    for each in words:
        photo, alt = by_key.get(each["key"] or ""), " ".join((each["alt"] or "").split())
        if photo is None:
            continue
        if not alt:
            raise RuleBroken(_l("Please say in a few words what the photo shows: some people cannot see it."), "words")
        if alt != photo.alt:
            found[photo.id] = alt
    return found


def _describe(update: Update, by, words: Sequence[dict[str, str]]) -> None:
    new = _new_words(update, words)
    for photo in update.photos:
        if photo.id in new:
            with wording.reworded("photo", photo, "alt", "alt_language", hides=True):
                photo.alt, photo.alt_language = new[photo.id], update.language
            record("photo.described", by, photo)
