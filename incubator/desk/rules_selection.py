"""What members of panels must score, and what the coordination must do until all decisions are told."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from incubator.budgets.rules_figures import Amount
from incubator.desk.facts import Facts, Task, Urgency
from incubator.desk.facts_selection import ChoosingFact
from incubator.desk.rules_due import urgency


def scoring_tasks(facts: Facts) -> Iterator[Task]:
    """Projects one has a conflict of interest with, or takes part in, are not counted."""
    for each in facts.selection.scoring:
        number = len(each.project_ids - facts.excluded - facts.own_ids)
        if number:
            yield Task(urgency(each.panel_on, facts.today, Urgency.WAITED_FOR), _l("Score the projects"),
                       _l("Still to score: %(number)s.", number=number), each.panel_on, "selection.scoring",
                       {"round_id": each.round_id}, _l("Score"), each.round_name)


def choosing_tasks(facts: Facts) -> Iterator[Task]:
    for each in facts.selection.rounds:
        yield from _panel_tasks(each, facts)
        yield from _decision_tasks(each, facts)
        if each.next_title and not each.prepared:
            yield _task(each, Urgency.WAITED_FOR, _l("Money is free: the next on the waiting list moves up"),
                        _l("%(amount)s are free. Next is “%(title)s”.", amount=Amount(each.free_cents),
                           title=each.next_title),
                        "selection.waiting_list", _l("Look"))
        elif each.waiting and not each.prepared and each.period_until and each.period_until < facts.today:
            yield _task(each, Urgency.WAITED_FOR, _l("End the waiting list"),
                        _l("The time of the projects is over, and %(number)s still wait.", number=each.waiting),
                        "selection.waiting_list", _l("Look"))


def _panel_tasks(each: ChoosingFact, facts: Facts) -> Iterator[Task]:
    if not each.has_panel or each.is_closed:
        return
    if not (each.members and each.criteria):
        yield _task(each, Urgency.WAITED_FOR if each.undecided else Urgency.LATER, _l("Set up the panel"),
                    _l("Who scores the projects, and by what?"), "selection.panel", _l("Begin"), each.panel_on)
    elif each.undecided:
        yield _task(each, urgency(each.panel_on, facts.today), _l("Close the scoring when all sheets are in"),
                    _l("Handed in so far: %(number)s.", number=each.sheets), "selection.ranking", _l("Look"),
                    each.panel_on)


def _decision_tasks(each: ChoosingFact, facts: Facts) -> Iterator[Task]:
    if not each.publishes_together or (each.has_panel and not each.is_closed):
        return
    how = urgency(each.council_on, facts.today, Urgency.WAITED_FOR)
    if each.undecided:
        yield _task(each, how, _l("Prepare the decisions"), _l("Still to prepare: %(number)s.", number=each.undecided),
                    "selection.decisions", _l("Prepare"), each.council_on)
    elif each.prepared:
        yield _task(each, how, _l("Publish the decisions"), _l("All are prepared: %(number)s.", number=each.prepared),
                    "selection.decisions", _l("Look"), each.council_on)


def _task(each: ChoosingFact, how: Urgency, title, detail, endpoint: str, button, due=None) -> Task:
    return Task(how, title, detail, due, endpoint, {"round_id": each.round_id}, button, each.round_name)
