"""End a first look around."""

from incubator.accounts.models import Person
from incubator.foundation.database import hold
from incubator.journal import record


def end_tour(person: Person, by, *, tour: str) -> None:
    """Remember that somebody has seen a tour or does not want it; a second time changes nothing."""
    hold(person)  # two tours ended at once would both write the list as it was
    if tour in person.tours:
        return
    person.tours = [*person.tours, tour]
    record("tour.ended", by, person, tour=tour)
