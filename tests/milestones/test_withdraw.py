"""What was taken back is nowhere to be found, at once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters.models import Letter, LetterState
from incubator.media import jobs as media_jobs
from incubator.media import store
from incubator.milestones import operations, queries
from incubator.milestones.models import UpdateState
from tests.builders import picture
from tests.follow.readers import follow

WORD = "Kürbissuppe"


@pytest.fixture
def project(make):
    return make.project("active")


@pytest.fixture
def update(make, project):
    photo = make.photo(project, is_public=True, alt=f"{WORD} im Topf")
    for small in (False, True):
        path = store.place(photo.key, small=small)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture(64, 48))
    return make.update(project, title=WORD, text=f"Es gab {WORD}.", photos=(photo,))


def places(project):
    """Return every public address where news of a project stands."""
    district, theme = project.district.slug, project.theme.slug
    shown = [f"/de/projects/{project.slug}", f"/de/projects/{project.slug}/updates/1", "/de/"]
    feeds = [f"{path}.{form}" for form in ("atom", "json") for path in (
        "/de/projects/feed", f"/de/projects/{project.slug}/feed", f"/de/districts/{district}/feed")]
    return [*shown, *feeds, f"/de/projects/feed.atom?theme={theme}"]


def elsewhere(project):
    return [f"/de/projects/?q={WORD[:-1]}", f"/de/districts/{project.district.slug}", "/de/calendar.ics",
            f"/de/projects/{project.slug}/calendar.ics", f"/de/projects/{project.slug}/history", "/sitemap.xml"]


def withdraw(update):
    with transaction():
        operations.withdraw_update(update, update.project.leads[0])


def test_withdrawn_news_is_on_no_page_in_no_feed_and_in_no_calendar(visit, project, update):
    reader = visit()
    missing = [path for path in places(project) if WORD not in reader.get(path).text]
    assert missing == []
    withdraw(update)
    assert [path for path in places(project) + elsewhere(project) if WORD in reader.get(path).text] == []


def test_its_page_says_kindly_that_it_was_taken_back(visit, project, update):
    path = f"/en/projects/{project.slug}/updates/{update.id}"
    withdraw(update)
    answer = visit().get(path)
    assert answer.status == 410 and "taken back" in answer.text
    assert answer.soup.select_one(f"main a[href='/en/projects/{project.slug}']")
    assert answer.soup.select_one("meta[name=robots][content=noindex]")


def test_its_photos_are_gone_also_for_who_knows_their_address(visit, update):
    paths = [f"/media/{update.photos[0].key}{end}" for end in (".jpg", "-small.jpg")]
    assert [visit().get(path).status for path in paths] == [200, 200]
    withdraw(update)
    assert [visit().get(path).status for path in paths] == [404, 404]


def test_letters_that_wait_do_not_leave(project):
    follow()
    with transaction():
        update = operations.write_update(project, project.leads[0], title=WORD, text=WORD)
    journal.deliver()
    withdraw(update)
    journal.deliver()
    assert db.session.scalar(sa.select(sa.func.count(Letter.id)).where(Letter.state == LetterState.WAITING)) == 0
    assert all(WORD not in letter.text for letter in db.session.scalars(sa.select(Letter)))


def test_the_neighbours_of_withdrawn_news_lead_past_it(make, visit, project):
    first = make.update(project, title="Anfang")
    middle, last = make.update(project, title="Mitte"), make.update(project, title="Ende")
    path = f"/de/projects/{project.slug}/updates/"
    assert visit().get(f"{path}{last.id}").soup.select_one("a[rel=next]").get_text() == "Mitte"
    withdraw(middle)
    assert visit().get(f"{path}{last.id}").soup.select_one("a[rel=next]").get_text() == "Anfang"
    assert visit().get(f"{path}{first.id}").soup.select_one("a[rel=prev]").get_text() == "Ende"


def test_it_is_not_put_back_but_can_be_written_anew(visit, project, update):
    withdraw(update)
    for operation, more in ((operations.withdraw_update, {}), (operations.publish_update, {}),
                            (operations.change_update, {"title": "a", "text": "b", "language": "de"}),
                            (operations.correct_update, {"title": "a", "text": "b", "language": "de", "note": "c"})):
        with pytest.raises(RuleBroken), transaction():
            operation(update, project.leads[0], **more)
    lead = visit(project.leads[0])
    again = lead.get(f"/de/desk/projects/{project.id}/milestones").soup.select_one("a[href*='again=']")["href"]
    assert lead.fill(again).status == 303
    newest, old = queries.updates(project.id)
    assert (newest.text, newest.state, old.state) == (old.text, UpdateState.PUBLISHED, UpdateState.WITHDRAWN)


def test_only_ones_own_withdrawn_words_are_put_into_a_form(make, visit, project):
    foreign = make.update(make.project("active"), state="withdrawn", title="Fremd")
    public = make.update(project, title="Noch da")
    lead = visit(project.leads[0])
    for each in (foreign, public):
        drawn = lead.get(f"/de/desk/projects/{project.id}/updates/write?again={each.id}").soup
        assert drawn.select_one("[name=title]").get("value", "") == ""


def test_a_photo_whose_consent_ends_disappears_by_itself(make, visit, project):
    last = clock.today() + timedelta(days=3)
    photo = make.photo(project, is_public=True, shows_people=True, consent_until=last, alt="Zwei am Herd")
    path = store.place(photo.key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture(64, 48))
    update = make.update(project, photos=(photo,))
    pages = [f"/de/projects/{project.slug}", f"/de/projects/{project.slug}/updates/{update.id}", "/de/",
             f"/de/projects/{project.slug}/feed.json"]
    clock.set(last)
    assert all("Zwei am Herd" in visit().get(page).text for page in pages)
    assert visit().get(f"/media/{photo.key}.jpg").status == 200
    clock.set(last + timedelta(days=1))
    assert not any("Zwei am Herd" in visit().get(page).text for page in pages)
    assert visit().get(f"/media/{photo.key}.jpg").status == 404
    media_jobs.hide_where_consent_ended()
    assert not photo.is_public
    assert "had agreed until" in visit(project.leads[0]).get(f"/en/desk/projects/{project.id}/milestones").text


@pytest.mark.parametrize("status", ["mentoring", "revoked"])
def test_news_of_what_is_not_public_has_no_page(make, visit, status):
    project = make.project("active")
    update = make.update(project, state="withdrawn")
    with transaction():
        project.status, project.end_reason = project.status.__class__(status), "Anlass"
    expected = 410 if project.status.is_public else 404
    assert visit().get(f"/de/projects/{project.slug}/updates/{update.id}").status == expected


def test_a_revoked_award_s_news_waits_for_nobody(make, project):
    update = make.update(project, state="proposed")
    with transaction():
        project.status, project.end_reason = project.status.__class__("revoked"), "Anlass"
    with pytest.raises(RuleBroken), transaction():
        operations.publish_update(update, make.person("coordinator"))
