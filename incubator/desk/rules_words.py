"""What people who translate must do next: one task for each kind of work, however many texts there are."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from incubator.desk.facts import Facts, Task, Urgency
from incubator.desk.facts_words import WordsFact

SHOW = {"ready": "waiting", "reviewed": "reviewed", "writing": ""}


def words_tasks(facts: Facts) -> Iterator[Task]:
    for state, urgency in (("ready", Urgency.WAITED_FOR), ("reviewed", Urgency.WAITED_FOR), ("writing", Urgency.LATER)):
        found = [each for each in facts.words if each.state == state]
        if found:
            number = sum(each.number for each in found)
            title, why, action = _said(state, number)
            yield Task(urgency, title, why, None, *_place(state, found), action)


def _said(state: str, number: int) -> tuple[Any, Any, Any]:
    if state == "ready":
        return (lazy_ngettext("Read a translation as the second reader",
                              "Read %(num)s translations as the second reader", number),
                _l("Nobody else reads it before somebody has said that it is right."), _l("Read"))
    if state == "reviewed":
        return (lazy_ngettext("Publish a translation", "Publish %(num)s translations", number),
                _l("Two people have read it."), _l("Look"))
    return (lazy_ngettext("Finish a translation that you began", "Finish %(num)s translations that you began", number),
            _l("Hand it in when it is done; somebody else reads it then."), _l("Go on"))


def _place(state: str, found: Sequence[WordsFact]) -> tuple[str, dict[str, Any]]:
    """Lead to the list of the language where there is only one, else to all languages."""
    languages = {each.language for each in found}
    if len(languages) > 1:
        return "translating.index", {}
    show = {"show": SHOW[state]} if SHOW[state] else {}
    return "translating.queue", {"code": languages.pop(), **show}
