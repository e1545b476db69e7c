"""In a real browser: a neighbour presses one button on a phone, is told, and ends it again."""

import json

import pytest
import sqlalchemy as sa

from incubator.follow import push_services
from incubator.follow.models import Device
from incubator.foundation.database import db
from tests.browsers import until
from tests.follow.push_service import Browser

HOST = "push.example.org"
FAKE = """
(() => {
  const given = %s;
  const made = { endpoint: given.endpoint, options: {}, toJSON: () => ({
    endpoint: given.endpoint, keys: { p256dh: given.key, auth: given.auth } }) };
  let known = null;
  PushManager.prototype.getSubscription = async () => known;
  PushManager.prototype.subscribe = async () => (known = made);
})();
"""

EARLIER = """
(() => {
  const { subscribe, getSubscription } = PushManager.prototype;
  let old = {
    toJSON: () => ({ endpoint: "https://push.example.org/old", keys: { p256dh: "x", auth: "x" } }),
    unsubscribe: async () => { old = null; },
  };
  PushManager.prototype.getSubscription = async () => old || getSubscription();
  PushManager.prototype.subscribe = async () => {
    if (old) throw new DOMException("made with another key", "InvalidStateError");
    return subscribe();
  };
})();
"""

SHOWN = """
async () => {
  const found = await navigator.serviceWorker.ready;
  for (let turn = 0; turn < 1500; turn += 1) {
    const [one] = await found.getNotifications();
    if (one) return one.title + one.body;
    await new Promise((done) => setTimeout(done, 20));
  }
}
"""


@pytest.fixture
def phone_that_can(whole_phone, live, app):
    """A phone whose push service is made up: everything else is the browser's own."""
    app.config.update(VAPID_KEY=push_services.new_key(), PUSH_HOSTS=[HOST])
    whole_phone.context.grant_permissions(["notifications"], origin=live)
    whole_phone.add_init_script(FAKE % json.dumps(Browser(f"https://{HOST}/one").answers))
    return whole_phone


def _endpoints(app):
    db.session.rollback()
    return list(db.session.scalars(sa.select(Device.endpoint)))


def test_one_press_follows_and_one_ends_it(phone_that_can, app, make):
    page = phone_that_can
    project = make.project(status="active")
    page.goto(f"/de/follow?project={project.slug}")
    page.locator("[data-push-begin]").click()
    page.locator("[data-push-stop]").wait_for()
    assert _endpoints(app) == [f"https://{HOST}/one"]
    page.locator("[data-push-stop]").click()
    page.locator("[data-push-begin]").wait_for()
    assert _endpoints(app) == []


def test_a_subscription_made_with_an_earlier_key_is_made_anew(phone_that_can, app):
    page = phone_that_can
    page.add_init_script(EARLIER)
    page.goto("/de/follow")
    page.locator("[data-push-begin]").click()
    page.locator("[data-push-stop]").wait_for()
    assert _endpoints(app) == [f"https://{HOST}/one"]


def test_the_device_shows_what_it_is_told(phone_that_can, live, make):
    page = phone_that_can
    page.goto("/de/follow")
    page.locator("[data-push-begin]").wait_for()
    line = page.context.new_cdp_session(page)
    versions: list[dict] = []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda event: versions.extend(event["registrations"]))
    line.send("ServiceWorker.enable")
    until(page, "() => navigator.serviceWorker.ready.then((found) => found.active.state === 'activated')")
    told = {"title": "Garten", "text": "Alle kamen.", "url": "/de/", "tag": "update-1", "lang": "de", "dir": "ltr"}
    line.send("ServiceWorker.deliverPushMessage", {
        "origin": live, "registrationId": versions[0]["registrationId"], "data": json.dumps(told)})
    shown = page.evaluate(SHOWN)
    assert shown == "GartenAlle kamen."


def test_a_browser_that_cannot_is_offered_nothing(page, app):
    app.config.update(VAPID_KEY=push_services.new_key(), PUSH_HOSTS=[HOST])
    page.add_init_script("delete window.PushManager")
    page.goto("/de/follow")
    assert not page.locator("[data-push]").is_visible()
