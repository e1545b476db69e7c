"""The pages of the room: panel, scoring, ranking, resolutions, decisions, waiting list."""

from incubator.selection import routes_decisions, routes_panel, routes_ranking, routes_score, routes_waiting
from incubator.selection.routes_frame import bp

blueprints = (bp,)
__all__ = [
    "blueprints", "routes_decisions", "routes_panel", "routes_ranking", "routes_score", "routes_waiting",
]
