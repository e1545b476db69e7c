"""`/metrics`, for programs that watch: from inside the house, or with a token; for others there is no such page."""

import hmac
import ipaddress

import flask

from incubator.access import public
from incubator.desk import figures

bp = flask.Blueprint("metrics", __name__)
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
INSIDE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))


@bp.get("/metrics")
@public
def metrics() -> flask.typing.ResponseReturnValue:
    if not (_brings_token() or _is_inside()):
        flask.abort(404)
    text, kind = figures.page()
    return flask.Response(text, headers={"Content-Type": kind, "Cache-Control": "no-store"})


def _brings_token() -> bool:
    given = flask.request.headers.get("Authorization", "")
    token = flask.current_app.config["METRICS_TOKEN"]
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _is_inside() -> bool:
    """Say whether this machine asks, or, where no token is set, one of this house's network.

    What a proxy passes on that we were not told of comes from anybody, though its own address is near.
    """
    config, asked = flask.current_app.config, flask.request
    if not config["PROXIES"] and any(name in asked.headers for name in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address((asked.remote_addr or "").removeprefix("::ffff:"))
    except ValueError:
        return False
    return address.is_loopback or (not config["METRICS_TOKEN"] and any(address in network for network in INSIDE))
