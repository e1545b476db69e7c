"""The frame of the room's pages: their blueprint."""

from flask import Blueprint

bp = Blueprint("payments", __name__)
