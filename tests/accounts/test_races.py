"""Two at the same moment: a link lets in one, and guessing in parallel is no faster."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from incubator.accounts import operations, operations_prove
from incubator.accounts.models import Person, Role, RoleGrant, SignIn, SignInFailure
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from tests.accounts.proving import code, codes_for, with_app
from tests.visitors import sign_in_token

TRIALS = 20


@pytest.fixture
def at_once(any_database):
    """Run pieces of work in threads of their own at the same moment; each answers "done" or with its refusal."""

    def together(*works):
        barrier = threading.Barrier(len(works))

        def run(work):
            with any_database.app_context():
                barrier.wait(20)
                try:
                    work()
                except RuleBroken as broken:
                    return str(broken.sentence)
                return "done"

        db.session.rollback()
        with ThreadPoolExecutor(len(works)) as pool:
            return list(pool.map(run, works))

    return together


def _inside(operation, *given):
    with transaction():
        operation(*given)


def test_of_two_who_use_a_link_at_once_one_gets_in(make, token, at_once):
    for _ in range(TRIALS):
        person = make.person()
        with transaction():
            operations.ask_for_link(person.mail)
        link, person_id = token(person.mail), person.id
        answers = at_once(*[lambda link=link: _inside(operations.use_link, link, "Test")] * 2)
        assert answers.count("done") == 1
        assert db.session.scalar(sa.select(sa.func.count(SignIn.id)).where(SignIn.person_id == person_id)) == 1


def test_guessing_in_parallel_is_as_slow_as_one_by_one(resident, at_once):
    mail = resident().mail
    guess = lambda: operations.sign_in(mail, "falsch", network="203.0.113.7", device="")  # noqa: E731
    answers = at_once(*[guess] * 12)
    assert sum("gehören nicht zusammen" in each for each in answers) == 5
    assert sum("zu oft versucht" in each for each in answers) == 7
    assert db.session.scalar(sa.select(sa.func.count(SignInFailure.id))) == 15


def test_two_administrators_cannot_dismiss_each_other(make, at_once):
    for _ in range(TRIALS):
        ids = [make.person("administrator").id for _ in range(2)]

        def dismiss(person_id, by_id):
            with transaction():
                person, by = (db.session.get_one(Person, each) for each in (person_id, by_id))
                operations.withdraw_role(person, Role.ADMINISTRATOR, by)

        at_once(lambda ids=ids: dismiss(*ids), lambda ids=ids: dismiss(*reversed(ids)))
        left = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.role == Role.ADMINISTRATOR)).all()
        assert len(left) >= 1
        with transaction():
            for grant in left:
                db.session.delete(grant)


@pytest.mark.parametrize("kind", ["app", "paper"])
def test_two_who_use_one_code_at_once_do_not_both_get_in(make, at_once, kind):
    person = make.person()
    phone, tokens = with_app(person), [sign_in_token(person) for _number in range(2)]
    codes_for(person, "abcdefghjkmn")
    typed, number = (code(phone) if kind == "app" else "abcdefghjkmn"), person.id

    def prove(token):
        mine = db.session.get_one(Person, number)
        mine.token = token
        operations_prove.prove_by_code(mine, typed, network="x")

    answers = at_once(*[lambda token=token: prove(token) for token in tokens])
    assert answers.count("done") == 1, answers
