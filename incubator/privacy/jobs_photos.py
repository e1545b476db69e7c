"""Leads are asked in time whether the people in a photo still agree."""

from collections.abc import Iterator

from incubator.foundation import clock
from incubator.foundation.jobs import every_tick
from incubator.letters import operations_remind as reminders
from incubator.letters.operations_remind import Reminder
from incubator.privacy import queries_photos


@every_tick
def remind() -> None:
    reminders.remind(_about_photos)


def _about_photos() -> Iterator[Reminder]:
    """One letter for each photo and each last day; whoever renews it is asked again only when that time ends."""
    photos = queries_photos.ending(clock.today())
    leads = queries_photos.leads({photo.project_id for photo in photos}) if photos else {}
    for photo in photos:
        for person in leads.get(photo.project_id, ()):
            yield Reminder(f"consent:{photo.photo_id}:{photo.until.isoformat()}:{person.id}", person,
                           "photo_consent_ends", {"photo": photo})
