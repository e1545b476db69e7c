"""The room's pages: signing in, links from letters, one's own account, and everybody's."""

from incubator.accounts import routes_letters, routes_links, routes_me, routes_people, routes_sign_in
from incubator.accounts.routes_frame import bp

__all__ = ["blueprints", "routes_letters", "routes_links", "routes_me", "routes_people", "routes_sign_in"]

blueprints = (bp,)
