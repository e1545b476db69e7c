"""Whoever chose to be no more than "the group" cannot be followed from one project to the next."""

import json
import re

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person, PublicName
from incubator.dialogue.rules import told_number
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import record

PAGES = ("projects/{}", "projects/{}/history", "projects/{}/money", "projects/{}/feed.atom", "projects/{}/feed.json",
         "projects/{}/calendar.ics", "embed/projects/{}")
VALUE = re.compile(r"[\w@.+-]{4,}")


def project_of(make, person, round, slug):
    project = make.project("active", lead=person, mentor=None, round=round, slug=slug, title=slug)
    make.award(project)
    make.milestone(project, status="accepted", title=slug)
    make.update(project, title=slug, written_by_id=person.id)
    with transaction():
        record("update.published", person, project)
    return project


@pytest.fixture
def projects(make):
    hidden, other = (make.person("lead", public_name_choice=PublicName.GROUP) for _ in range(2))
    round = make.round()
    return [project_of(make, person, round, slug)
            for person, slug in ((hidden, "erste"), (hidden, "zweite"), (other, "dritte"))]


def values(visit, slug):
    found = set()
    for page in PAGES:
        answer = visit().get(f"/de/{page.format(slug)}")
        assert answer.status == 200, page
        found |= set(VALUE.findall(answer.text))
    return found


def test_two_projects_of_one_person_share_no_public_value_that_others_do_not_have(projects, visit):
    first, second, other = (values(visit, project.slug) for project in projects)
    assert not (first & second) - other


def test_no_number_or_name_of_a_person_stands_in_a_public_address(app):
    public = [rule for rule in app.url_map.iter_rules() if hasattr(app.view_functions[rule.endpoint], "is_public")]
    named = {rule.endpoint for rule in public if {"person_id", "public_id", "mail"} & rule.arguments}
    assert named == {"accounts.demo_sign_in"}  # invented people, and only in the demo city


def test_the_record_marks_one_person_differently_each_time(projects, visit):
    lines = [json.loads(line) for line in visit().get("/de/record/record.jsonl").text.splitlines()]
    marks = [line["open"]["entry"][3] for line in lines if "open" in line]
    assert len(marks) >= 3 and len(set(marks)) == len(marks)
    assert not {str(seal) for seal in db.session.scalars(sa.select(Person.seal))} & set(map(str, marks))


def test_few_dots_point_at_nobody():
    assert [told_number(number) for number in (0, 1, 4, 5, 60)] == [0, None, None, 5, 60]
