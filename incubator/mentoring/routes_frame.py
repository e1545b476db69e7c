"""The blueprint of this room."""

from flask import Blueprint

bp = Blueprint("mentoring", __name__)
