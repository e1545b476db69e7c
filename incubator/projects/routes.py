"""All pages of this room; each file adds its own to the one blueprint."""

from incubator.projects import routes_check, routes_life, routes_proposal, routes_show, routes_team
from incubator.projects.routes_frame import bp

__all__ = ["routes_check", "routes_life", "routes_proposal", "routes_show", "routes_team"]
blueprints = (bp,)
