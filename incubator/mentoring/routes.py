"""All pages of this room; each file adds its own to the one blueprint."""

from incubator.mentoring import routes_mentors, routes_talks
from incubator.mentoring.routes_frame import bp

__all__ = ["routes_mentors", "routes_talks"]
blueprints = (bp,)
