"""The frame of the room's pages: their blueprint, and how accounts are shown on them."""

from flask import Blueprint

from incubator.payments import bank

bp = Blueprint("payments", __name__)
bp.add_app_template_filter(bank.masked, "masked")
