"""All pages of this room; each file adds its own to the one blueprint."""

from incubator.projects import (
    routes_attachments,
    routes_carrier,
    routes_check,
    routes_idea,
    routes_life,
    routes_print,
    routes_proposal,
    routes_rounds,
    routes_show,
    routes_team,
    routes_translation,
)
from incubator.projects.routes_frame import bp

__all__ = [
    "routes_attachments", "routes_carrier", "routes_check", "routes_idea", "routes_life", "routes_print",
    "routes_proposal", "routes_rounds", "routes_show", "routes_team", "routes_translation",
]
blueprints = (bp,)
