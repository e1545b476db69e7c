"""How urgent a day is."""

from datetime import date, timedelta

from incubator.desk.facts import Urgency

SOON = timedelta(days=7)


def urgency(due: date | None, today: date, otherwise: Urgency = Urgency.LATER) -> Urgency:
    """Return how urgent something due on a day is: late once the day is over, soon in its last week."""
    if due is None:
        return otherwise
    if due < today:
        return Urgency.LATE
    return min(Urgency.SOON, otherwise) if due <= today + SOON else otherwise
