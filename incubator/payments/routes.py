"""The room's pages: what a project asks for and gets, the office that pays, and the accounts money goes to."""

from incubator.payments import (
    routes_bank,
    routes_confirm,
    routes_office,
    routes_receipts,
    routes_receipts_check,
    routes_requests,
)
from incubator.payments.routes_frame import bp

__all__ = [
    "blueprints", "routes_bank", "routes_confirm", "routes_office", "routes_receipts", "routes_receipts_check",
    "routes_requests",
]

blueprints = (bp,)
