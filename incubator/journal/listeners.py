"""Who wants to hear of what; filled when the rooms' jobs are imported."""

from collections import defaultdict
from collections.abc import Callable

from incubator.journal.models import Entry

Listener = Callable[[Entry], None]
by_action: dict[str, list[str]] = defaultdict(list)
by_name: dict[str, Listener] = {}


def on(*actions: str) -> Callable[[Listener], Listener]:
    """Register a function for actions; it runs in the worker, at least once, each time in a transaction of its own."""

    def register(listener: Listener) -> Listener:
        name = f"{listener.__module__.removeprefix('incubator.')}.{listener.__name__}"
        by_name[name] = listener
        for action in actions:
            by_action[action].append(name)
        return listener

    return register
