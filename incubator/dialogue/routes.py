"""All pages of this room; each file adds its own to the one blueprint."""

from incubator.dialogue import routes_evidence, routes_ideas, routes_workshops
from incubator.dialogue.routes_frame import bp

__all__ = ["routes_evidence", "routes_ideas", "routes_workshops"]
blueprints = (bp,)
