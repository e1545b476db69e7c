"""Close the scoring of a round, open it again, and write down what a lot decided."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.programme.models import Round
from incubator.selection import queries, queries_decisions, queries_ranking
from incubator.selection.operations_sheets import void_conflicted
from incubator.selection.queries_ranking import Counted


def close(round_: Round, by) -> None:
    """End the scoring: from now on nothing is corrected, and the coordination sees the points."""
    hold(round_)
    if queries.is_closed(round_.id):
        raise RuleBroken(_l("The scoring of this round is closed."))
    void_conflicted(round_)
    counted = queries_ranking.counted(round_, clock.today())
    given = sum(each.given for each in counted)
    if not given and not _nobody_is_left(round_, counted):
        raise RuleBroken(_l("Nobody has handed in a sheet that counts yet."))
    record(queries.CLOSED, by, round_, sheets=given)


def _nobody_is_left(round_: Round, counted: Sequence[Counted]) -> bool:
    """Say whether all who were to score take no part: what they were to score is decided without points."""
    return bool(counted and queries.members(round_.id, former=True)) and not any(each.expected for each in counted)


def reopen(round_: Round, by) -> None:
    """Let the panel score again; refused once decisions stand on the ranking."""
    hold(round_)
    if not queries.is_closed(round_.id):
        raise RuleBroken(_l("The scoring of this round is open."))
    if queries_decisions.standing_in(round_.id):
        raise RuleBroken(_l("Decisions stand on this ranking already. Drop the prepared ones first."))
    record(queries.REOPENED, by, round_)


def draw_lot(round_: Round, by, order: Sequence[int]) -> None:
    """Write down in which order equal projects were drawn; the program draws nothing itself."""
    hold(round_)
    if not queries.is_closed(round_.id):
        raise RuleBroken(_l("A lot is drawn once the scoring is closed."))
    tied = [{project.id for project in group} for group in queries_ranking.ranking(round_, clock.today()).ties]
    if len(order) != len(set(order)) or set(order) not in tied:
        raise RuleBroken(_l("Please give each of these projects a place of its own."))
    record(queries.LOT, by, round_, order=list(order))
