"""All pages of this room; each file adds its own to the one blueprint."""

from incubator.mentoring import routes_agreement, routes_mentors, routes_plan, routes_pool, routes_talks
from incubator.mentoring.routes_frame import bp

__all__ = ["routes_agreement", "routes_mentors", "routes_plan", "routes_pool", "routes_talks"]
blueprints = (bp,)
