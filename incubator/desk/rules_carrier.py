"""Who must answer a group that looks for a carrier."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from incubator.desk.facts import Facts, Task, Urgency


def carrier_tasks(facts: Facts) -> Iterator[Task]:
    """Nobody answers for an organisation about their own project."""
    for each in facts.carrying:
        if each.project_id in facts.own_ids:
            continue
        title = _l("Say whether you carry a project") if each.is_own else _l("Ask the organisation and note its answer")
        yield Task(Urgency.WAITED_FOR, title,
                   _l("A group asks %(organisation)s to receive the money for its project.",
                      organisation=each.organisation),
                   None, "projects.answer_carrier", {"request_id": each.id}, _l("Answer"), each.title, each.language)
