"""Whether projects can be followed from elsewhere, and under which address: the settings decide, never a request."""

import flask

from incubator.fediverse.said import Site


def is_on() -> bool:
    """Say whether the fediverse is spoken to: others demand https, and an address that stays."""
    config = flask.current_app.config
    return config["FEDIVERSE"] != "off" and config["BASE_URL"].startswith("https://")


def site() -> Site:
    config = flask.current_app.config
    return Site(config["BASE_URL"], config["SITE_NAME"])
