"""A photo is made small before it is sent, in a real browser."""

import io
import os

from PIL import Image

READ = """async () => {
  const [file] = document.querySelector("[name=photos-0-file]").files;
  return [file.name, file.type, [...new Uint8Array(await file.arrayBuffer())]];
}"""


def large_photo() -> bytes:
    """Return a picture of many bytes that a phone held upright: its camera saw it lying, and says where it was."""
    picture = Image.frombytes("RGB", (3000, 1000), os.urandom(3000 * 1000 * 3))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Telefon"
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=85, exif=exif)
    return kept.getvalue()


def test_a_large_photo_is_sent_small_upright_and_without_what_the_camera_wrote(phone, make, come_in):
    lead = make.person("lead")
    milestone = make.milestone(make.project(status="active", lead=lead))
    come_in(phone, lead)
    phone.goto(f"/de/desk/milestones/{milestone.id}/report")
    sent = {"name": "beet.JPEG", "mimeType": "image/jpeg", "buffer": large_photo()}
    phone.locator("[name=photos-0-file]").set_input_files(sent)
    phone.locator(".previews bdi", has_text="beet.jpg").wait_for()
    name, kind, data = phone.evaluate(READ)
    with Image.open(io.BytesIO(bytes(data))) as picture:
        assert (name, kind, picture.size) == ("beet.jpg", "image/jpeg", (667, 2000))
        assert dict(picture.getexif()) == {}
    assert phone.locator("[name=photos-0-alt]").is_visible()


def test_what_a_browser_may_not_read_is_sent_as_it_is(phone, make, come_in):
    lead = make.person("lead")
    milestone = make.milestone(make.project(status="active", lead=lead))
    come_in(phone, lead)
    phone.goto(f"/de/desk/milestones/{milestone.id}/report")
    sent = {"name": "beet.heic", "mimeType": "image/heic", "buffer": bytes(2_000_000)}
    phone.locator("[name=photos-0-file]").set_input_files(sent)
    phone.locator(".previews bdi").wait_for()
    name, kind, data = phone.evaluate(READ)
    assert (name, kind, len(data)) == ("beet.heic", "image/heic", 2_000_000)
