"""People in a photo agreed for a time: it is hidden when that is over, and asked for before."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.letters.models import Letter
from incubator.media import jobs as media_jobs
from incubator.media import store
from incubator.privacy import jobs_photos, operations_photos
from tests.builders import picture


@pytest.fixture
def shown(make):
    """A photo with news that everybody sees for twenty days more."""
    project = make.project("active")
    photo = make.photo(project, is_public=True, shows_people=True, alt="Am Herd",
                       consent_until=clock.today() + timedelta(days=20))
    make.update(project, photos=(photo,))
    for small in (False, True):
        store.write_file(store.place(photo.key, small=small), picture(64, 48))
    return photo, project


def letters():
    return list(db.session.scalars(sa.select(Letter.subject)))


def test_leads_are_asked_once_a_month_before(shown):
    jobs_photos.remind()
    jobs_photos.remind()
    assert len(letters()) == 1


def test_nobody_is_asked_too_early_or_about_photos_without_people(make, shown):
    _photo, project = shown
    clock.set(clock.today() - timedelta(days=11))
    make.photo(project, is_public=True)
    jobs_photos.remind()
    assert letters() == []


def test_the_day_after_the_last_it_is_nowhere(visit, shown):
    photo, project = shown
    pages = (f"/media/{photo.key}.jpg", f"/media/{photo.key}-small.jpg")
    told = (f"/de/projects/{project.slug}", f"/de/projects/{project.slug}/feed.atom", "/de/", "/de/projects/feed.json")
    clock.set(photo.consent_until)
    assert [visit().get(each).status for each in pages] == [200, 200]
    assert photo.key in visit().get(told[0]).text
    clock.set(photo.consent_until + timedelta(days=1))
    assert [visit().get(each).status for each in pages] == [404, 404]
    assert [each for each in told if photo.key in visit().get(each).text] == []


def test_a_lead_renews_it_and_it_is_shown_again(visit, shown):
    photo, project = shown
    clock.set(photo.consent_until + timedelta(days=1))
    media_jobs.hide_where_consent_ended()
    assert not photo.is_public
    until = clock.today() + timedelta(days=90)
    assert visit(project.leads[0]).fill(f"/de/desk/photos/{photo.key}/renew", until=until).status == 303
    assert (photo.is_public, photo.consent_until) == (True, until)


def test_the_desk_asks_the_lead(visit, shown):
    photo, project = shown
    assert f"/de/desk/photos/{photo.key}/renew" in visit(project.leads[0]).get("/de/desk/").text


@pytest.mark.parametrize("days", [0, -1, 366 * 3 + 1])
def test_a_day_in_the_past_or_far_away_is_refused(shown, days):
    photo, project = shown
    with pytest.raises(RuleBroken, match="three years"), transaction():
        operations_photos.renew_consent(photo, project.leads[0], until=clock.today() + timedelta(days=days))


def test_the_office_hides_it_at_once_when_somebody_in_it_wishes_so(make, visit, shown):
    photo, _project = shown
    assert visit(make.person("coordinator")).post(f"/de/desk/photos/{photo.key}/withdraw").status == 303
    assert visit().get(f"/media/{photo.key}.jpg").status == 404
    with pytest.raises(RuleBroken, match="withdrawn"), transaction():
        operations_photos.renew_consent(photo, None, until=clock.today() + timedelta(days=9))
