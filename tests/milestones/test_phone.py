"""A lead reports on a phone, in a real browser."""

from incubator.foundation.database import db
from incubator.milestones import queries
from incubator.milestones.models import MilestoneStatus
from tests.media import samples


def test_reporting_with_a_photo_from_a_phone(make, phone, come_in, tmp_path):
    project = make.project("active")
    milestone = make.milestone(project)
    picture = tmp_path / "IMG_0001.jpg"
    picture.write_bytes(samples.jpeg())
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    come_in(phone, project.leads[0])
    phone.goto(f"/de/desk/projects/{project.id}/milestones")
    phone.locator(".timeline .kern-btn--primary").click()
    phone.locator("[name=text]").fill("Alle kamen.")
    phone.locator("[name=evidence]").fill("Die Liste liegt bei uns.")
    phone.locator("[name=photos-0-file]").set_input_files(picture)
    phone.locator("[name=photos-0-alt]").fill("Zwei Flächen")
    phone.locator("main form .kern-btn--primary").click()
    phone.wait_for_url("**/milestones")

    db.session.rollback()
    assert milestone.status is MilestoneStatus.REPORTED
    update = queries.report_of(milestone.id)
    assert update is not None and [photo.alt for photo in update.photos] == ["Zwei Flächen"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert complaints == []
