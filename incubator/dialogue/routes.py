"""All pages of this room; each file adds its own to the one blueprint, and people without an account have their own."""

from incubator.dialogue import (
    routes_evidence,
    routes_evidence_import,
    routes_giving,
    routes_ideas,
    routes_ideas_shown,
    routes_signup,
    routes_signup_desk,
    routes_workshops,
)
from incubator.dialogue.routes_frame import bp

__all__ = ["routes_evidence", "routes_evidence_import", "routes_ideas", "routes_ideas_shown", "routes_signup_desk",
           "routes_workshops"]
blueprints = (bp, routes_signup.bp, routes_giving.bp)
