"""Say what one brings as a mentor."""

from collections.abc import Collection, Sequence

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import record
from incubator.mentoring.models_agreement import MentorProfile
from incubator.mentoring.queries_profiles import profile
from incubator.programme.models import Theme


def write_profile(
    person: Person, by, *, themes: Collection[Theme], languages: Sequence[str], words: str, language: str
) -> MentorProfile:
    mine = profile(person.id) or MentorProfile(person_id=person.id)
    mine.languages, mine.words, mine.language = list(languages), words, language
    mine.changed_at, mine.themes = clock.now(), list(themes)
    db.session.add(mine)
    record("mentor.described", by, person, themes=len(themes), languages=len(languages))
    return mine
