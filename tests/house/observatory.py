"""The rules of Mozilla's Observatory: it would give A+, with more than 120 points.

It scans public hosts only and gives no grade here; these are its rules (scoring.md of mozilla/http-observatory), each
met in its best form.
"""

import re

HALF_A_YEAR = 15_768_000
NO_PAGES = ("text/css", "font/woff2")  # nothing that a browser would show as a page


def policy_of(answer):
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {part[0]: part[1:] for part in parts}


def faults(answer, *, framed=False):
    """Say what Observatory would take points for."""
    headers, found = answer.headers, []
    if headers.get("X-Content-Type-Options") != "nosniff":
        found.append("x-content-type-options")
    if answer.response.mimetype not in NO_PAGES:
        found += _policy_faults(answer, framed)
        if headers.get("Referrer-Policy") not in ("same-origin", "no-referrer", "strict-origin"):
            found.append(f"referrer-policy {headers.get('Referrer-Policy')}")
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    if age is None or int(age[1]) < HALF_A_YEAR:
        found.append("strict-transport-security")
    if headers.get("Access-Control-Allow-Origin", "") not in ("",) and headers.get("Access-Control-Allow-Credentials"):
        found.append("cross-origin resource sharing")
    if headers.get("Cross-Origin-Resource-Policy") not in ("same-origin", "cross-origin"):
        found.append("cross-origin-resource-policy")
    found += [f"cookie {each.split('=')[0]}" for each in headers.getlist("Set-Cookie") if not _is_strict(each)]
    found += [f"script of others {each}" for each in _scripts(answer) if not each.startswith("/static/")]
    return found


def _policy_faults(answer, framed):
    said = policy_of(answer)
    text = answer.headers["Content-Security-Policy"]
    loose = ("unsafe-inline", "unsafe-eval", "http:", "https:", " * ")
    found = [f"policy {word}" for word in loose if word in text + " "]
    if said.get("default-src") != ["'none'"]:
        found.append("policy default-src")
    sandboxed = "sandbox" in said
    for name in ("base-uri", "form-action", "frame-ancestors"):
        if not sandboxed and name not in said:
            found.append(f"policy {name}")
    if not framed and answer.headers.get("X-Frame-Options") != "DENY":
        found.append("x-frame-options")
    return [each for each in found if not (framed and each == "policy  * ")]


def _is_strict(cookie):
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    return cookie.startswith("__Host-") and {"secure", "httponly", "path=/"} <= parts and "samesite=lax" in parts


def _scripts(answer):
    if answer.response.mimetype != "text/html" or not answer.data:
        return []
    return [each["src"] for each in answer.soup.select("script[src]")] + [
        "inline" for each in answer.soup.select("script:not([src]):not([type='application/ld+json'])")]


def use_https(app):
    """Set what the program sets where people reach it by https."""
    app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-session")
