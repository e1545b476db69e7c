"""What every answer says to browsers and caches, errors and files included."""

import flask

from incubator.foundation import pagecache
from incubator.foundation.database import READS_FROM, db

REPORTS = "/browser-reports"  # where browsers tell what they refused
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        f"report-uri {REPORTS}",  # the older word for what `report-to` says: not every browser knows that
        "report-to refused",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Reporting-Endpoints": f'refused="{REPORTS}"',
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FRAMED = "; ".join((
    "default-src 'none'", "style-src 'self'", "font-src 'self'", "img-src 'self'", "form-action 'none'",
    "base-uri 'none'", "frame-ancestors *",
))
NO_PAGES = ("text/css", "font/woff2")
PARTS = {name: ALWAYS[name] for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")}
OF_PAGES = ("Reporting-Endpoints", "Permissions-Policy")
FILES = {name: value for name, value in ALWAYS.items() if name not in OF_PAGES} | {  # our own: they load nothing
    "Content-Security-Policy": "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
}
A_YEAR = "public, max-age=31536000, immutable"
COPY = "Offline-Copy"  # what a device may keep of a page, to be read without a network; without it: nothing


def for_other_sites(response: flask.Response) -> flask.Response:
    """Let pages of others show this file: it is public, and holds nothing of who asks."""
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def framed_by_others(response: flask.Response) -> flask.Response:
    """Let pages of others show this page in a frame; it runs nothing and sends nothing."""
    flask.g.may_be_framed = True
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers["X-Robots-Tag"] = "noindex"
    return for_other_sites(response)


def for_everyone() -> str:
    """Say while a page is drawn that everybody may read it, so that devices may keep a copy."""
    flask.g.copy = "allowed"
    return ""


def same_for_all(response: flask.Response) -> flask.Response:
    """Say of a file that every stranger gets the same: the page cache may keep it."""
    flask.g.is_same_for_all = True
    return response


def kept_always() -> None:
    """Say of a page that holds nobody's data that devices keep it for the time without a network."""
    flask.g.copy = "always"


def _allow_copy(response: flask.Response) -> None:
    """A page drawn for somebody who is signed in is never kept; the device may ask for it once more as a stranger."""
    copy = flask.g.get("copy")
    if not copy or response.status_code != 200 or flask.request.method != "GET" or flask.request.view_args is None:
        return
    if "token" in flask.request.view_args:
        return
    is_private = "no-store" in response.headers["Cache-Control"]
    response.headers[COPY] = "as-stranger" if is_private else copy


def _allow_cache(response: flask.Response) -> None:
    """Tell the page cache in front of us that everyone may have this very answer; it asks only for strangers."""
    note = flask.request.environ.get(pagecache.NOTE)
    if note is None or response.status_code != 200 or not (flask.g.get("copy") or flask.g.get("is_same_for_all")):
        return
    if "token" in (flask.request.view_args or {}) or not flask.request.args.keys() <= flask.g.get("asked", set()):
        return
    if "no-store" in response.headers["Cache-Control"] or "Accept-Language" in response.vary:
        return
    if (READS_FROM in db.session.info) != note.rows.startswith(pagecache.COPY):
        return  # drawn from another database than the one whose state the cache has looked at
    response.vary.update(("Accept-Encoding", "Cookie"))
    note.is_for_all = flask.g.is_kept = True


def _wanted(response: flask.Response) -> dict[str, str]:
    if response.mimetype in NO_PAGES:
        return PARTS
    return FILES if flask.request.endpoint == "static" and response.mimetype != "text/html" else ALWAYS


def _add(response: flask.Response) -> flask.Response:
    for name, value in _wanted(response).items():
        response.headers.setdefault(name, value)
    if "may_be_framed" in flask.g:
        del response.headers["X-Frame-Options"]  # an old word for what the policy says: it knows no “everybody”
    if flask.current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if flask.request.endpoint == "static":
        if "v" in flask.request.args and response.status_code == 200:
            response.headers["Cache-Control"] = A_YEAR
        response.headers[COPY] = "allowed"
        return response
    if "language" in flask.g and response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", flask.g.language.html)
    if "token" in (flask.request.view_args or {}):  # a page behind a secret link is for whoever got the letter
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Robots-Tag", "noindex")
    if "Set-Cookie" in response.headers or flask.session:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    _allow_copy(response)
    _allow_cache(response)
    return response


def set_up(app: flask.Flask) -> None:
    app.after_request(_add)
