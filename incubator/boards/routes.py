"""All pages of this room: those of the moderation and those of the phones."""

from incubator.boards import routes_cards, routes_desk, routes_phone
from incubator.boards.routes_frame import bp

__all__ = ["routes_cards", "routes_desk"]
blueprints = (bp, routes_phone.bp)
