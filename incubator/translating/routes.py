"""Where people translate: how far each language is, what is to be done in one, and one thing beside its original."""

from incubator.translating.routes_frame import bp
from incubator.translating.routes_machine import ask_machine
from incubator.translating.routes_overview import index, of_project, publish_all, queue
from incubator.translating.routes_thing import edit, publish, review, send_back, withdraw

__all__ = [
    "ask_machine", "edit", "index", "of_project", "publish", "publish_all", "queue", "review", "send_back", "withdraw",
]
blueprints = (bp,)
