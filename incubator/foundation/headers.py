"""What every answer says to browsers and caches, errors and files included."""

import flask

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
A_YEAR = "public, max-age=31536000, immutable"


def _add(response: flask.Response) -> flask.Response:
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if flask.current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if flask.request.endpoint == "static":
        if "v" in flask.request.args and response.status_code == 200:
            response.headers["Cache-Control"] = A_YEAR
        return response
    if "language" in flask.g and response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", flask.g.language.html)
    if "Set-Cookie" in response.headers or flask.session:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


def set_up(app: flask.Flask) -> None:
    app.after_request(_add)
