"""The room's pages: signing in, links from letters, one's own account, and everybody's."""

from incubator.accounts import (
    routes_letters,
    routes_links,
    routes_mail,
    routes_me,
    routes_outside,
    routes_passkeys,
    routes_people,
    routes_proofs,
    routes_prove,
    routes_reports,
    routes_sign_in,
)
from incubator.accounts.routes_frame import bp

__all__ = [
    "blueprints", "routes_letters", "routes_links", "routes_mail", "routes_me", "routes_outside", "routes_passkeys",
    "routes_people", "routes_proofs", "routes_prove", "routes_reports", "routes_sign_in",
]

blueprints = (bp, routes_reports.browsers)
