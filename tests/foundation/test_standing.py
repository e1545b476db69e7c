"""Questions that stand: they are written once, and answer about what is there now."""

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person, PublicName
from incubator.foundation.database import db
from incubator.foundation.standing import standing
from incubator.foundation.transaction import transaction


@pytest.fixture
def people(any_database, make):
    return [make.person("lead", given_name=name) for name in ("Ada", "Bo", "Cy")]


def test_it_is_written_once_and_asked_about_another_row_each_time(people):
    written = []

    @standing
    def named(number: int):
        written.append(number)
        return sa.select(Person.given_name).where(Person.id == number)

    assert [named(each.id)[0].given_name for each in people] == ["Ada", "Bo", "Cy"]
    assert len(written) == 1


def test_one_several_and_none_are_different_questions(people):
    @standing
    def named(ids: list[int], below: int | None = None):
        found = sa.select(Person.given_name).where(Person.id.in_(ids)).order_by(Person.id)
        return found if below is None else found.where(Person.id < below)

    ids = [each.id for each in people]
    assert [row.given_name for row in named(ids)] == ["Ada", "Bo", "Cy"]
    assert [row.given_name for row in named(set(ids[1:]))] == ["Bo", "Cy"]
    assert [row.given_name for row in named(ids, below=ids[2])] == ["Ada", "Bo"]
    assert named([]) == []


def test_yes_and_no_decide_how_it_is_written(people):
    @standing
    def named(backwards: bool):
        return sa.select(Person.given_name).order_by(Person.id.desc() if backwards else Person.id).limit(1)

    assert [named(each)[0].given_name for each in (True, False, True)] == ["Cy", "Ada", "Cy"]


def test_kinds_and_days_come_and_go_as_in_any_question(people):
    @standing
    def chosen(choice: PublicName):
        return sa.select(Person.public_name_choice, Person.joined_at).where(Person.public_name_choice == choice)

    found = chosen(people[0].public_name_choice)
    assert (found[0].public_name_choice, found[0].joined_at) == (people[0].public_name_choice, people[0].joined_at)


def test_names_of_arguments_may_be_open(people):
    @standing
    def among(**groups: list[int]):
        return sa.select(Person.given_name).where(sa.or_(*(Person.id.in_(ids) for ids in groups.values())))

    assert {row.given_name for row in among(a=[people[0].id], b=[people[2].id])} == {"Ada", "Cy"}
    assert {row.given_name for row in among(a=[people[1].id])} == {"Bo"}


def test_what_was_changed_a_moment_ago_is_part_of_the_answer(people):
    @standing
    def named(number: int):
        return sa.select(Person.given_name).where(Person.id == number)

    with transaction():
        person = db.session.get(Person, people[0].id)
        person.given_name = "Di"
        assert named(person.id)[0].given_name == "Di"


def test_nothing_can_be_computed_from_a_place(people):
    @standing
    def named(number: int):
        return sa.select(Person.given_name).where(Person.id == int(number) + 1)

    with pytest.raises(TypeError):
        named(1)
