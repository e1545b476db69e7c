"""Passkeys: what a device is asked, and whether its answer holds (WebAuthn)."""

import ipaddress
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from incubator.accounts.models import Person
from incubator.accounts.models_proofs import Passkey
from incubator.foundation.later import later

webauthn, structs = later("webauthn"), later("webauthn.helpers.structs")
faults = later("webauthn.helpers.exceptions")
LONGEST_ANSWER = 20_000
# what the library raises for answers that no device gives: it reads them before it looks at them
BROKEN = (ValueError, TypeError, KeyError, IndexError, EOFError, AttributeError, RecursionError)


class NotAccepted(Exception):
    """The device's answer does not hold."""


def _site() -> tuple[str, str]:
    """Return the name that passkeys belong to, and the address that pages must come from."""
    address = urlsplit(current_app.config["BASE_URL"])
    return address.hostname or "", f"{address.scheme}://{address.netloc}"


def are_possible() -> bool:
    """Say whether browsers offer passkeys for our address: it must have a name, and be safe."""
    name, origin = _site()
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return origin.startswith("https://") or name == "localhost" or name.endswith(".localhost")
    return False


def _known(passkeys: Sequence[Passkey]) -> list[Any]:
    every = {each.value for each in structs.AuthenticatorTransport}
    return [
        structs.PublicKeyCredentialDescriptor(id=each.credential, transports=[
            structs.AuthenticatorTransport(way) for way in each.transports if way in every])
        for each in passkeys
    ]


def creation(person: Person, passkeys: Sequence[Passkey], challenge: bytes) -> dict[str, Any]:
    """Return what a device is asked when it is to make a passkey; one that has made one already makes no second."""
    name, _origin = _site()
    return _plain(webauthn.generate_registration_options(
        rp_id=name, rp_name=current_app.config["SITE_NAME"], user_id=person.public_id.encode(),
        user_name=person.mail or person.name, user_display_name=person.name, challenge=challenge,
        exclude_credentials=_known(passkeys),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
    ))


def request(passkeys: Sequence[Passkey], challenge: bytes) -> dict[str, Any]:
    """Return what a device is asked when it is to sign; without passkeys it offers all it has for us."""
    name, _origin = _site()
    return _plain(webauthn.generate_authentication_options(
        rp_id=name, challenge=challenge, allow_credentials=_known(passkeys),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    ))


def _plain(options: Any) -> dict[str, Any]:
    return dict(json.loads(webauthn.options_to_json(options)))


def read(answer: str) -> dict[str, Any]:
    """Read what the page's script sends; `NotAccepted` where no device wrote it."""
    try:
        read = json.loads(answer[:LONGEST_ANSWER])
    except (ValueError, RecursionError):
        raise NotAccepted("no JSON") from None
    if not isinstance(read, dict):
        raise NotAccepted("no object")
    return read


def credential_of(answer: dict[str, Any]) -> bytes:
    """Return which passkey answers, so that its owner can be looked up."""
    try:
        return webauthn.base64url_to_bytes(answer["rawId"])
    except (faults.WebAuthnException, *BROKEN):
        raise NotAccepted("no credential") from None


def made(answer: dict[str, Any], challenge: bytes) -> Passkey:
    """Return the passkey that a device has made for our question, without its owner."""
    name, origin = _site()
    try:
        proved = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=name, expected_origin=origin,
            require_user_verification=True)
        ways = answer["response"].get("transports") or []
    except (faults.WebAuthnException, *BROKEN) as broken:
        raise NotAccepted(str(broken)) from broken
    known = [way for way in ways if isinstance(way, str)][:8] if isinstance(ways, list) else []
    return Passkey(credential=proved.credential_id, public_key=proved.credential_public_key, uses=proved.sign_count,
                   transports=[way[:20] for way in known])


def uses_after(answer: dict[str, Any], passkey: Passkey, challenge: bytes) -> int:
    """Return the counter of a passkey that has signed our question; one that does not grow is not accepted."""
    name, origin = _site()
    try:
        proved = webauthn.verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=name, expected_origin=origin,
            credential_public_key=passkey.public_key, credential_current_sign_count=passkey.uses,
            require_user_verification=True)
    except (faults.WebAuthnException, *BROKEN) as broken:
        raise NotAccepted(str(broken)) from broken
    return proved.new_sign_count


def owner_of(answer: dict[str, Any]) -> bytes | None:
    """Return whom the device thinks it signs for; None where it does not say."""
    handle = answer["response"].get("userHandle")
    return webauthn.base64url_to_bytes(handle) if handle else None
