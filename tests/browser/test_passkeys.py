"""A real browser makes a passkey, proves with it, and signs in with it alone."""

import secrets
from datetime import timedelta

from incubator.foundation import clock
from tests.visitors import sign_in_token

DEVICE = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
          "isUserVerified": True, "automaticPresenceSimulation": True}


def test_a_passkey_is_made_proves_it_and_signs_in_alone(app, make, page, live):
    """Passkeys belong to names: the machine is called by its own."""
    home = app.config["BASE_URL"] = live.replace("127.0.0.1", "localhost")
    app.config["SECOND_FACTOR"] = "staff"
    signer = app.session_interface.get_signing_serializer(app)
    content = {"_user_id": sign_in_token(make.person("coordinator")), "csrf_token": secrets.token_hex(20)}
    name = app.config["SESSION_COOKIE_NAME"]
    page.context.add_cookies([{"name": name, "value": signer.dumps(content), "url": home}])
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    page.goto(f"{home}/de/desk/")
    page.locator("[data-passkey=create] [data-passkey-button]").click()
    page.wait_for_url("**/proofs/codes")

    clock.set(clock.now() + timedelta(minutes=20))
    page.goto(f"{home}/de/desk/people/invite")
    page.locator("[data-passkey=get] [data-passkey-button]").click()
    page.wait_for_url("**/people/invite")

    page.context.clear_cookies()
    page.goto(f"{home}/de/sign-in")
    page.locator("[data-passkey=get] [data-passkey-button]").click()
    page.wait_for_url("**/de/desk/")
