"""No public page and no list of the desk looks at every row of a table that grows."""

import pytest
import sqlalchemy as sa

from incubator.demo import crowd
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.programme import operations as programme
from incubator.progress import jobs as search
from incubator.progress import routes_crawlers
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part, Participation, Project
from tests.house import plans

LIST = "/de/projects/"
PUBLIC = (
    "/de/", LIST, LIST + "?after=30", LIST + "?stage=closing", LIST + "?theme={theme}&stage=milestones",
    LIST + "?district={district}&after=30", LIST + "?district=citywide", LIST + "?round=crowd-2010", LIST + "?q=garten",
    LIST + "?q=garten&theme={theme}", "/de/search?q=garten", LIST + "{slug}", LIST + "{slug}/money",
    LIST + "{slug}/history", LIST + "{slug}/questions", LIST + "{slug}/updates/{update}", LIST + "{slug}/share",
    LIST + "{slug}/calendar.ics", LIST + "{slug}/feed.atom", LIST + "feed.atom", "/de/districts/",
    "/de/districts/?by=money", "/de/districts/{district}", "/de/districts/{district}/feed.atom", "/de/themes/",
    "/de/themes/{theme}", "/de/rounds/crowd-2010", "/de/calendar.ics", "/sitemap.xml", "/sitemap-4.xml",
    "/de/workshops/", "/de/ideas/", "/de/ideas/?theme={theme}", "/de/evidence/", "/de/record",
)
DESK = {
    "coordinator": ("/de/desk/", "/de/desk/board/1", "/de/desk/questions", "/de/desk/dialogue"),
    "mentor": ("/de/desk/",), "lead": ("/de/desk/",), "administrator": ("/de/desk/people",),
}


@pytest.fixture
def city(any_database):
    with transaction():
        programme.set_up()
    search.rebuild()
    list(crowd.move_in(60, 900))
    return any_database


def _names():
    row = db.session.execute(sa.text(
        'SELECT p.slug, u.id AS "update", t.slug AS theme, d.slug AS district FROM project p '
        'JOIN "update" u ON u.project_id = p.id JOIN theme t ON t.id = p.theme_id '
        "JOIN district d ON d.id = p.district_id WHERE p.status = 'completed' ORDER BY p.id DESC LIMIT 1")).one()
    return dict(row._mapping)


def _opened(browser, pages, names):
    wrong = {}
    for page in pages:
        with plans.watched() as asked:
            answer = browser.get(page.format(**names))
        assert answer.status == 200, page
        db.session.rollback()
        if found := plans.whole_tables(asked):
            wrong[page] = found
    return wrong


def test_no_public_page_looks_at_everything(city, visit, monkeypatch):
    monkeypatch.setattr(routes_crawlers, "MOST_ENTRIES", 200)  # a site that fits into one file is given whole
    assert _opened(visit(), PUBLIC, _names()) == {}


@pytest.mark.parametrize("role", DESK)
def test_no_list_of_the_desk_looks_at_everything(city, make, visit, role):
    person = make.person(role)
    if role in set(Part):
        project = db.session.scalar(sa.select(Project.id).where(Project.status == Status.ACTIVE).limit(1))
        with transaction():
            db.session.add(Participation(project_id=project, person_id=person.id, kind=Part(role), since=clock.today()))
    assert _opened(visit(person), DESK[role], {}) == {}


def test_a_look_at_everything_would_be_seen(city):
    with plans.watched() as asked:
        db.session.execute(sa.select(Project.id).where(Project.title == "x")).all()
    db.session.rollback()
    assert [each.partition(":")[0] for each in plans.whole_tables(asked)] == ["project"]
