"""Pages about a project's partners and their pledges, put together."""

from incubator.partners import (
    routes_account,
    routes_invitations,
    routes_open,
    routes_pledges,
    routes_project,
)
from incubator.partners.routes_frame import bp

__all__ = ["blueprints", "routes_account", "routes_invitations", "routes_pledges", "routes_project"]
blueprints = (bp, routes_open.bp)
