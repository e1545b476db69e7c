"""Choose what one hears, and how."""

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.letters.models import Preference, Wish
from incubator.letters.topics import Topic


def choose_letters(person: Person, by, **wishes: Wish) -> None:
    """Note by topic how somebody wants to hear; what is not named stays as it was."""
    if not wishes.keys() <= set(Topic):
        raise RuleBroken(_l("Please choose from these."))
    hold(person)  # two pages saved at once would both write the first choice
    for topic, wish in wishes.items():
        chosen = db.session.get(Preference, (person.id, topic), populate_existing=True)
        if chosen is None:
            db.session.add(Preference(person_id=person.id, topic=topic, wish=wish))
        else:
            chosen.wish = wish
    record("account.letters_chosen", by, person)
