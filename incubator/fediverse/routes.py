"""Everything that other servers ask for, and what the office sees of it, put together."""

from incubator.fediverse import routes_actors, routes_desk, routes_frame, routes_inbox, routes_names, routes_pages

PARTS = (routes_actors, routes_inbox, routes_names, routes_pages)  # each adds its addresses to the one frame
blueprints = (routes_frame.bp, routes_desk.bp)
