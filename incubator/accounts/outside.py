"""The city's own sign-in (OpenID Connect), of which we are a client: ask it who somebody is, and check what it says.

Code flow with PKCE, state and nonce; Authlib does the steps and checks the ID token, and what it leaves open is closed
here: which signatures count, whose token it is, and for whom.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import flask

from incubator.foundation import clock
from incubator.foundation.later import later

authlib, faults = later("authlib.integrations.flask_client"), later("authlib.common.errors")
jose, requests = later("joserfc.errors"), later("requests")

NAME = "outside"
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
PATIENCE = 5  # seconds: somebody waits, and so does one of few threads
FRESH = 900  # seconds: who proved themselves there longer ago is asked to do it again
LONG_AGO = 10**7
LONGEST = 400


class Refused(Exception):
    """What came back is not what we asked for, or cannot be checked."""


class Unreachable(Exception):
    """The city's sign-in does not answer."""


@dataclass(frozen=True)
class Known:
    """Who somebody is, as the city's sign-in says: `mail` only where it has verified the address.

    `proved_at` is when they gave more than a password there, as far as it says so.
    """

    id: str
    mail: str
    proved_at: datetime | None


def is_on() -> bool:
    return bool(flask.current_app.config["OIDC_ISSUER"])


def ask(back: str) -> Any:
    """Send the browser there; it comes back to the address `back`."""
    try:
        return _client().authorize_redirect(back, max_age=FRESH)
    except (requests.RequestException, ValueError, TypeError, AttributeError) as broken:  # also: no such server
        raise Unreachable from broken


def answer() -> Known:
    """Read what the browser brought back and fetch what stands behind it."""
    config, request = flask.current_app.config, flask.request
    if request.args.get("iss", config["OIDC_ISSUER"]) != config["OIDC_ISSUER"]:  # RFC 9207
        raise Refused("another issuer")
    try:
        token = _client().authorize_access_token(leeway=60, claims_options={
            "iss": {"essential": True, "value": config["OIDC_ISSUER"]},
            "aud": {"essential": True, "value": config["OIDC_CLIENT"]},
            "nonce": {"essential": True},
        })
    except (faults.AuthlibBaseError, jose.JoseError) as broken:
        raise Refused(type(broken).__name__) from broken
    except requests.RequestException as broken:
        raise Unreachable from broken
    except (ValueError, TypeError, KeyError, RuntimeError) as broken:  # what is no answer of such a server at all
        raise Refused(type(broken).__name__) from broken
    return _known(token.get("userinfo") or {})


def _known(claims: dict[str, Any]) -> Known:
    """Take from an ID token that was checked only what we need."""
    subject, mail = claims.get("sub"), claims.get("email")
    if not isinstance(subject, str) or not subject:
        raise Refused("nobody is named")
    name = f"{flask.current_app.config['OIDC_ISSUER']} {subject}"
    if len(name) > LONGEST:
        raise Refused("the name is too long")
    is_verified = claims.get("email_verified") is True and isinstance(mail, str)
    return Known(name, str(mail) if is_verified else "", _proved_at(claims))


def _proved_at(claims: dict[str, Any]) -> datetime | None:
    """Return when somebody gave a second proof there, None where the token does not say so.

    The moment is counted back from when the token was made, by the clock that made both.
    """
    ways = claims.get("amr")
    since, made = claims.get("auth_time"), claims.get("iat")
    enough = flask.current_app.config["OIDC_PROOFS"]
    if not any(each in enough for each in [claims.get("acr"), *(ways if isinstance(ways, list) else [])]):
        return None
    if not isinstance(since, int) or not isinstance(made, int):
        return None
    return clock.now() - timedelta(seconds=min(max(made - since, 0), LONG_AGO))


def _client() -> Any:
    """Return Authlib's client for what is set, with what the server says about itself; both are kept."""
    config = flask.current_app.config
    given = (config["OIDC_ISSUER"], config["OIDC_CLIENT"], config["OIDC_SECRET"])
    kept: dict[Any, Any] = flask.current_app.extensions.setdefault(NAME, {})
    if given not in kept:
        client = authlib.FlaskOAuth2App(
            authlib.FlaskIntegration(NAME), NAME, client_id=given[1], client_secret=given[2],
            server_metadata_url=f"{given[0].rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": PATIENCE},
        )
        _settle(client, given[0])
        kept[given] = client
    return kept[given]


def _settle(client: Any, issuer: str) -> None:
    """Load what the server says about itself, believe it only about itself, and choose what is safe."""
    says = client.load_server_metadata()
    if says.get("issuer") != issuer:
        raise ValueError("the server calls itself otherwise")
    safe = urlsplit(issuer).scheme
    if any(urlsplit(str(says.get(name, ""))).scheme not in ("https", safe) for name in ENDPOINTS):
        raise ValueError("an address there is not encrypted")
    signatures = says.get("id_token_signing_alg_values_supported") or ["RS256"]
    says["id_token_signing_alg_values_supported"] = [each for each in signatures if each in SIGNATURES] or ["RS256"]
    ways = says.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" not in ways and "client_secret_post" in ways:
        client.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105 - a way, no secret
