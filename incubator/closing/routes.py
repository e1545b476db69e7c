"""The room's pages: the final report, its check, and money that goes back."""

from incubator.closing import routes_check, routes_recovery, routes_report
from incubator.closing.routes_frame import bp

blueprints = (bp,)
__all__ = ["routes_check", "routes_recovery", "routes_report"]
