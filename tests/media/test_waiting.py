"""Files of a form that was refused wait, and only who sent them can claim them, once and within a day."""

import io
from contextlib import contextmanager
from datetime import timedelta

import flask
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from incubator.foundation import clock, fields, forms
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import BY_CODE
from incubator.foundation.transaction import transaction
from incubator.media import jobs, operations_papers, queries, waiting
from incubator.media.models import Paper
from tests.foundation.test_writers import _together
from tests.media import samples, sheets
from tests.media.test_keep import files


class Receipt(forms.ActForm):
    payee = fields.TextField("Payee", [fields.Required()])
    files = fields.PapersField("Files", [fields.Required("Please choose a file.")])


@pytest.fixture
def amal(make):
    return make.person("lead")


@pytest.fixture
def send(app):
    """Send the form as a browser would and give it to `receive`; inside, it is drawn as the page would draw it."""
    app.config["WTF_CSRF_ENABLED"] = False

    @contextmanager
    def sent(by, *chosen, payee="Laden", key="k1", **hidden):
        answers = MultiDict({name.replace("_", "-"): each for name, each in hidden.items()})
        answers.update({"payee": payee, "form_key": key})
        for name, data in chosen:
            answers.add("files", (io.BytesIO(data), name))
        with app.test_request_context("/en/", method="POST", data=answers):
            flask.g.language = BY_CODE["en"]
            form = Receipt()
            form.fine = waiting.receive(form, by, project_id=7)
            yield form

    return sent


def keep_receipt(by, *, payee, files):
    claimed = [operations_papers.claim(each, by, project_id=7) for each in files]
    return claimed[0]


def add(form, by):
    return form.carry_out(keep_receipt, by, **form.values())


def rows():
    return db.session.scalars(sa.select(Paper).order_by(Paper.id)).all()


def drawn(form):
    return BeautifulSoup(str(form.files()), "html.parser")


PDF, PHOTO = ("scan.pdf", sheets.pdf(1)), ("Bon.jpg", samples.jpeg())


def test_a_good_form_hands_its_papers_to_the_operation(any_database, send, amal):
    with send(amal, PDF, PHOTO) as form:
        assert form.fine and add(form, amal)
    assert [(each.file_name, each.waiting_since, each.project_id) for each in rows()] == [
        ("scan.pdf", None, 7), ("Bon.jpg", None, 7)]


def test_what_could_be_read_is_kept_when_another_answer_is_wrong(send, amal):
    with send(amal, PDF, payee="") as form:
        assert not form.fine and not form.files.errors
        page = drawn(form)
    assert "Kept: \u2068scan.pdf\u2069, 1 page" in page.get_text()
    key = page.select_one("input[name=files-kept]")["value"]
    assert page.select_one("input[name=files-drop]")["value"] == key
    with send(amal, files_kept=key) as form:
        assert form.fine and add(form, amal)
    assert [each.waiting_since for each in rows()] == [None]


def test_what_could_be_read_is_kept_when_another_file_cannot_be(send, amal):
    with send(amal, PDF, ("a.txt", b"Hello"), ("b.txt", b"")) as form:
        assert not form.fine
        assert [each.file_name for each in form.files.kept] == ["scan.pdf"]
        assert [str(each)[1:6] for each in form.files.errors] == ["a.txt", "b.txt"]
        assert "b.txt" in drawn(form).get_text()


def test_what_a_rule_refuses_waits_too(send, amal):
    def refuse(files, **_):
        operations_papers.claim(files[0], amal, project_id=7)
        raise RuleBroken("No.", "payee")

    with send(amal, PDF) as form:
        assert form.fine and not form.carry_out(refuse, **form.values())
        assert drawn(form).select_one("input[name=files-kept]")["value"] == rows()[0].key
    assert rows()[0].waiting_since is not None


def test_a_file_can_be_left_out(send, amal):
    with send(amal, PDF, PHOTO, payee="") as form:
        first, second = (each.key for each in form.files.kept)
    with send(amal, files_kept=f"{first},{second}", files_drop=first) as form:
        assert form.fine and add(form, amal)
    assert [each.key for each in rows()] == [second]
    assert [name for name in files() if first in name] == []


def test_the_last_file_left_out_is_missed(send, amal):
    with send(amal, PDF, payee="") as form:
        key = form.files.kept[0].key
    with send(amal, files_kept=key, files_drop=key) as form:
        assert form.files.errors == ["Please choose a file."]
    assert rows() == [] and files() == []


def test_a_file_chosen_again_is_the_same_one(send, amal):
    with send(amal, PDF, payee="") as form:
        key = form.files.kept[0].key
    with send(amal, PDF, files_kept=key) as form:
        assert [each.key for each in form.files.papers] == [key]


def test_another_person_cannot_claim_what_waits(any_database, send, amal, make):
    other = make.person("lead")
    with send(amal, PDF, payee="") as form:
        paper = form.files.kept[0]
        key = paper.key
    with send(other, files_kept=key) as form:
        assert not form.fine and form.files.errors == [operations_papers.GONE] and form.files.papers == []
    with send(other, PHOTO, files_kept=key, files_drop=key) as form:
        assert form.fine
    assert key in [each.key for each in rows()]
    with pytest.raises(RuleBroken), transaction():
        operations_papers.claim(paper, other, project_id=8)
    assert paper.waiting_since is not None and paper.project_id == 7


def test_what_waits_can_be_claimed_once(any_database, send, amal):
    with send(amal, PDF, payee="") as form:
        key = form.files.kept[0].key
    with send(amal, files_kept=key) as form:
        assert add(form, amal)
    with send(amal, files_kept=key, key="k2") as form:
        assert not add(form, amal) and form.files.errors == [operations_papers.GONE]


def test_of_many_who_claim_at_once_one_gets_it(any_database, send, amal):
    with send(amal, PDF, payee="") as form:
        number = form.files.kept[0].id
    mail, won = amal.mail, []

    def claim(_):
        by = db.session.scalars(sa.select(type(amal)).where(type(amal).mail == mail)).one()
        paper = db.session.get_one(Paper, number)
        try:
            with transaction():
                operations_papers.claim(paper, by, project_id=7)
            won.append(1)
        except RuleBroken:
            pass

    _together(any_database, claim)
    assert won == [1]


def test_a_form_sent_twice_acts_once_and_complains_of_nothing(send, amal):
    with send(amal, PDF, payee="") as form:
        key = form.files.kept[0].key
    for _ in range(2):
        with send(amal, files_kept=key) as form:
            assert form.fine and add(form, amal) and form.outcome.id
    assert len(rows()) == 1


def test_what_waits_is_not_found_by_pages_nor_as_a_duplicate(send, amal):
    with send(amal, PDF, payee="") as form:
        paper = form.files.kept[0]
    assert queries.paper(paper.id) is None and queries.paper_by_key(paper.key) is None
    assert queries.same_files(paper.original_sha256) == []


def test_after_a_day_it_is_gone(any_database, send, amal):
    with send(amal, PDF, payee="") as form:
        key = form.files.kept[0].key
    clock.set(clock.now() + timedelta(hours=23))
    jobs.forget_waiting_papers()
    assert len(rows()) == 1
    clock.set(clock.now() + timedelta(hours=1))
    with send(amal, files_kept=key) as form:
        assert form.files.errors == [operations_papers.GONE]
    jobs.forget_waiting_papers()
    assert rows() == [] and files() == []


def test_claimed_papers_stay_for_good(send, amal):
    with send(amal, PDF) as form:
        assert add(form, amal)
    clock.set(clock.now() + timedelta(days=400))
    jobs.forget_waiting_papers()
    assert len(rows()) == 1


def test_ten_files_fit_and_eleven_do_not(send, amal):
    with send(amal, *[(f"{number}.png", samples.png()) for number in range(11)]) as form:
        assert form.files.errors == ["At most 10 files fit here."] and rows() == []


def test_nobody_fills_the_disk_with_what_waits(send, amal, monkeypatch):
    monkeypatch.setattr(operations_papers, "MOST_WAITING", 1)
    with send(amal, PDF, payee="") as form:
        assert not form.files.errors
    with send(amal, PHOTO, files_kept=rows()[0].key) as form:
        assert form.files.errors == [operations_papers.TOO_MANY_WAIT]
        assert len(form.files.kept) == 1
    assert len(rows()) == 1


@pytest.mark.parametrize("typed", ["", "x", "../../etc", "0" * 32, "é", "," * 1000])
def test_what_nobody_sent_is_no_key(send, amal, typed):
    with send(amal, PHOTO, files_kept=typed, files_drop=typed) as form:
        assert form.fine
    assert len(rows()) == 1


def test_the_field_is_drawn_empty_at_first(app):
    with app.test_request_context("/en/"):
        flask.g.language = BY_CODE["en"]
        page = drawn(Receipt(meta={"csrf": False}))
        button = page.select_one("input[type=file]")
    assert button["accept"] == "image/*,application/pdf"
    assert button.has_attr("multiple") and not button.has_attr("capture")
    assert page.select("li, input[type=hidden]") == []
