"""What our cookies are called."""

import flask


def cookie(name: str) -> str:
    """Return a cookie's name; over https one that browsers take from this very host alone, and never without https."""
    return f"__Host-{name}" if flask.current_app.config["SESSION_COOKIE_SECURE"] else name
