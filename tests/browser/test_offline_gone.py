"""What the public no longer sees goes from the devices that kept it; what changed there is taken anew."""

from playwright.sync_api import Page, expect

from tests.browser.test_offline import project, waits_for_copy
from tests.browsers import until
from tests.builders import picture

__all__ = ["project"]
DAY = 24 * 3600e3
PHOTO = f"/media/{'a' * 32}.jpg"
OLDER = """async () => {
  const cache = await caches.open("read-1"), then = new Date(Date.now() - 2 * 24 * 3600e3).toISOString();
  for (const key of await cache.keys()) {
    const copy = await cache.match(key, { ignoreVary: true }), headers = new Headers(copy.headers);
    for (const name of ["Kept-At", "Read-At"]) headers.set(name, then);
    await cache.put(key, new Response(await copy.blob(), { headers }));
  }
}"""
COPY = """async (path) => {
  const copy = await (await caches.open("read-1")).match(path, { ignoreVary: true });
  return copy && { text: await copy.text(), age: Date.now() - Date.parse(copy.headers.get("Kept-At")),
                   read: Date.now() - Date.parse(copy.headers.get("Read-At")) };
}"""
SHOWN = "(path) => { const each = new Image(); each.src = path; return each.decode().then(() => true); }"


def goes(page: Page, path: str) -> None:
    until(page, "async (path) => !await (await caches.open('read-1')).match(path, { ignoreVary: true })", path)


def test_a_withdrawn_photo_goes_from_devices_and_a_changed_page_is_taken_anew(phone: Page, project):
    page, now = f"/de/projects/{project.slug}", {"photo": 200}
    phone.context.route(f"**{PHOTO}", lambda route: route.fulfill(
        status=now["photo"], content_type="image/jpeg", headers={"Cache-Control": "public, no-cache"}, body=picture()))
    phone.goto(page)
    waits_for_copy(phone, page, "/de/offline")
    phone.reload()
    until(phone, SHOWN, PHOTO)
    waits_for_copy(phone, PHOTO)
    phone.evaluate(OLDER)
    now["photo"] = 404
    phone.context.route(f"**{page}", lambda route: route.fulfill(
        status=200, content_type="text/html", headers={"Offline-Copy": "allowed"}, body="<title>Neu</title>Am Fluss"))
    phone.goto("/de/imprint")
    goes(phone, PHOTO)
    until(phone, f"async (path) => (await ({COPY})(path)).text.includes('Am Fluss')", page)
    copy = phone.evaluate(COPY, page)
    assert copy["age"] < DAY < copy["read"], "how long it stays counts from when it was read"


def test_a_page_that_is_gone_is_not_read_from_a_copy(phone: Page, project):
    page = f"/de/projects/{project.slug}"
    phone.goto(page)
    waits_for_copy(phone, page, "/de/offline")
    phone.context.route(f"**{page}", lambda route: route.fulfill(status=410, body="gone"))
    phone.goto(page)
    expect(phone.locator("body")).to_have_text("gone")
    goes(phone, page)
