"""Put a round into the archive once all its projects have ended."""

from flask_babel import lazy_ngettext

from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.programme import operations as programme
from incubator.programme.models import Round
from incubator.projects import queries
from incubator.projects.lifecycle import Status
from incubator.projects.rules import FINISHED


def archive_round(round_: Round, by) -> None:
    """Close the book: nobody is left waiting, and nothing is left to be done. Drafts that nobody handed in stay."""
    hold(round_)
    numbers = queries.numbers_by_status(round_.id)
    if waiting := numbers.pop(Status.WAITLISTED, 0):
        raise RuleBroken(lazy_ngettext(
            "One project is still on the waiting list. End the list first, so that the team hears how it ends.",
            "%(num)s projects are still on the waiting list. End the list first, so that the teams hear how it ends.",
            waiting))
    left = sum(number for status, number in numbers.items() if status not in FINISHED | {Status.DRAFT})
    if left:
        raise RuleBroken(lazy_ngettext(
            "One project of this round has not ended yet. Until then the round stays closed.",
            "%(num)s projects of this round have not ended yet. Until then the round stays closed.", left))
    programme.archive_round(round_, by)
