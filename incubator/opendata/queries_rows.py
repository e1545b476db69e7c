"""Which reader gives the rows of which table."""

from collections.abc import Callable, Iterator

from incubator.opendata import queries_money, queries_projects, queries_talk
from incubator.opendata.queries_walk import Row, Scope

READERS: dict[str, Callable[[Scope], Iterator[Row]]] = {
    "rounds": queries_talk.rounds, "themes": queries_talk.themes, "districts": queries_talk.districts,
    "evidence": queries_talk.evidence, "workshops": queries_talk.workshops, "ideas": queries_talk.ideas,
    "organisations": queries_projects.organisations, "projects": queries_projects.projects,
    "milestones": queries_projects.milestones, "updates": queries_projects.updates,
    "partners": queries_projects.partners, "pledges": queries_projects.pledges, "money": queries_money.money,
    "budget_lines": queries_money.budget_lines, "payments": queries_money.payments,
}
