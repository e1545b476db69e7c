"""From the form to the inbox, the confirmation, the news and the end."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.follow import jobs, operations
from incubator.follow.models import Follower, Following
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.letters.models import Letter
from incubator.milestones import operations as milestones
from tests.follow.readers import HOST, deliver, follow, link_in, text_of

MAIL = "neighbour@example.org"


def count(kind):
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind))


def ask(visitor, path="/de/follow", mail=MAIL, **answers):
    return visitor.post(path, {"mail": mail, "rhythm": "now", **answers})


def tell(project, title="Das Fest", text="Alle kamen."):
    with transaction():
        return milestones.write_update(project, project.leads[0], title=title, text=text)


def test_from_the_form_to_news_and_to_the_end(any_database, make, visit, mailbox):
    project, visitor = make.project(status="active"), visit()
    page = visitor.get(f"/de/projects/{project.slug}")
    way = page.soup.select_one(f'a[href="/de/follow?project={project.slug}"]')
    assert way is not None, "the project's page leads to the form"
    sent = visitor.fill(way["href"], mail=MAIL)
    assert (sent.status, sent.location) == (303, "/de/follow/sent")
    deliver()
    question = link_in(mailbox.to(MAIL)[0], "confirm")
    manage = visitor.fill(question).location
    assert visitor.get(manage).status == 200
    tell(project)
    deliver()
    letter = mailbox.to(MAIL)[1]
    assert "Alle kamen." in text_of(letter)
    assert letter["Subject"] == f"{project.title}: Das Fest"
    assert link_in(letter, "manage") == manage
    ended = visitor.post(manage + "/stop")
    assert ended.location == "/de/follow/stopped"
    tell(project, "Noch ein Fest")
    deliver()
    assert len(mailbox.to(MAIL)) == 2
    assert (count(Follower), count(Following)) == (0, 0)


def test_a_letter_has_two_shapes_and_its_direction(app, make, mailbox):
    follow(language="ar")
    tell(make.project(status="active"), text="<b>Alle</b> kamen.")
    deliver()
    letter = mailbox.to(MAIL)[0]
    html = letter.get_body(("html",)).get_content()
    assert '<html lang="ar" dir="rtl">' in html
    assert "&lt;b&gt;Alle&lt;/b&gt;" in html
    assert not any(each in html for each in ("<img", "<style", "url(", "<link"))
    assert letter["Content-Language"] == "ar"


def test_a_mail_program_ends_it_with_one_press(app, make, visit, mailbox):
    follow()
    tell(make.project(status="active"))
    deliver()
    letter = mailbox.to(MAIL)[0]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip("<>").removeprefix(HOST)
    program = visit().client  # sends neither a cookie nor a hidden token
    answer = program.post(address, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    db.session.rollback()
    assert count(Follower) == 0


def test_a_second_press_finds_nothing_left_to_end(app, visit):
    token = operations.own_token(follow(), app.secret_key)
    program = visit().client
    assert [program.post(f"/de/follow/stop/{token}").status_code for _ in range(2)] == [200, 410]


def test_a_scanner_that_opens_every_link_changes_nothing(app, make, visit, mailbox):
    visitor, scanner = visit(), visit()
    ask(visitor)
    deliver()
    assert scanner.get(link_in(mailbox.letters[0], "confirm")).status == 200
    db.session.rollback()
    assert db.session.scalar(sa.select(Follower.confirmed_at)) is None
    token = operations.own_token(db.session.scalar(sa.select(Follower)), app.secret_key)
    for path in (f"/de/follow/stop/{token}", f"/de/follow/manage/{token}"):
        scanner.get(path)
    assert count(Follower) == 1


def test_the_answer_is_the_same_whether_the_address_is_known(app, make, visit, queries):
    follow(mail="known@example.org")
    answers, statements = [], []
    for mail in ("known@example.org", "unknown@example.org"):
        visitor = visit()
        with queries() as sent:
            answer = ask(visitor, mail=mail)
        answers.append((answer.status, answer.location, visitor.follow(answer).text, visitor.get("/de/follow").status))
        statements.append(len(sent))
    assert answers[0] == answers[1]
    texts = [letter.text for letter in db.session.scalars(sa.select(Letter).order_by(Letter.id))]
    assert len(texts) == 2


def test_one_address_is_asked_three_times_an_hour_at_most(app, visit):
    answers = [ask(visit()).status for _ in range(5)]
    assert answers == [303, 303, 303, 422, 422]
    assert count(Letter) == 3


def test_one_network_cannot_ask_for_the_whole_city(app, visit):
    visitor = visit()
    answers = [ask(visitor, mail=f"somebody{number}@example.org").status for number in range(22)]
    assert answers == [303] * 20 + [422] * 2


def test_a_machine_that_fills_every_field_is_thanked_and_forgotten(app, visit):
    assert ask(visit(), website="https://spam.example").location == "/de/follow/sent"
    assert (count(Follower), count(Letter)) == (0, 0)


def test_the_letter_speaks_the_language_of_the_page(app, visit, mailbox):
    ask(visit(), "/ar/follow")
    deliver()
    assert mailbox.letters[0]["Content-Language"] == "ar"
    assert "/ar/follow/confirm/" in text_of(mailbox.letters[0])


def test_a_stranger_does_not_change_how_somebody_hears(app, make, visit):
    follower, district = follow(), make.district()
    ask(visit(), f"/ar/follow?district={district.slug}", rhythm="weekly")
    db.session.refresh(follower)
    assert (follower.language, follower.rhythm.value) == ("de", "now")
    assert db.session.scalar(sa.select(Following.confirmed_at).where(Following.target_id == district.id)) is None


@pytest.mark.parametrize("status", ["draft", "submitted", "withdrawn"])
def test_what_is_not_public_cannot_be_followed(app, make, visit, status):
    project = make.project(status=status)
    path = f"/de/follow?project={project.slug}"
    assert project.title not in visit().get(path).text
    ask(visit(), path)
    assert list(db.session.scalars(sa.select(Following.kind))) == ["programme"]


def test_an_address_is_kept_once_however_it_is_written(app, visit):
    for mail in ("Neighbour@Example.org", " neighbour@example.ORG"):
        assert ask(visit(), mail=mail).status == 303
    assert list(db.session.scalars(sa.select(Follower.mail))) == [MAIL]


def test_what_nobody_confirms_is_deleted_after_a_week(any_database, make, visit):
    kept = follow(mail="kept@example.org")
    ask(visit())
    ask(visit(), f"/de/follow?district={make.district().slug}", mail="kept@example.org")
    clock.set(clock.now() + timedelta(days=7, hours=1))
    jobs.forget_old.begin_anew()
    jobs.forget_old()
    assert list(db.session.scalars(sa.select(Follower.mail))) == ["kept@example.org"]
    assert list(db.session.scalars(sa.select(Following.follower_id))) == [kept.id]
    assert db.session.scalar(sa.select(sa.func.count()).where(Letter.address == MAIL)) == 0


def test_the_last_thing_that_is_ended_takes_the_address_with_it(app, make, visit):
    follower = follow(("district", make.district().id), ("programme", 0))
    manage = f"/de/follow/manage/{operations.own_token(follower, app.secret_key)}"
    one, other = db.session.scalars(sa.select(Following.id)).all()
    visitor = visit()
    assert visitor.post(f"{manage}/stop?one={one}").location == manage
    assert visitor.post(f"{manage}/stop?one={other}").location == "/de/follow/stopped"
    assert count(Follower) == 0
    assert visitor.get(manage).status == 410


def test_language_and_rhythm_can_be_changed(app, make, visit):
    follower = follow()
    manage = f"/de/follow/manage/{operations.own_token(follower, app.secret_key)}"
    assert visit().fill(manage, form="main form.form", language="ar", rhythm="weekly").status == 303
    db.session.refresh(follower)
    assert (follower.language, follower.rhythm.value) == ("ar", "weekly")


def test_a_link_with_another_number_opens_nothing(app, visit):
    token = operations.own_token(follow(), app.secret_key)
    other = follow(mail="other@example.org")
    for forged in (f"{other.id}{token[1:]}", token[:-1] + ("A" if token[-1] != "A" else "B"), "1", "ä-1", "9" * 30):
        assert visit().get(f"/de/follow/manage/{forged}").status == 410


def test_an_address_is_in_no_public_byte_and_not_in_the_journal(app, make, visit, mailbox):
    project, visitor = make.project(status="active"), visit()
    ask(visitor, f"/de/follow?project={project.slug}", mail="canary@example.org")
    deliver()
    visitor.fill(link_in(mailbox.letters[0], "confirm"))
    tell(project)
    deliver()
    assert len(mailbox.to("canary@example.org")) == 2
    for path in ("/", f"/projects/{project.slug}", f"/projects/{project.slug}/history", "/projects/", "/follow",
                 "/follow/sent", "/record", "/privacy"):
        assert "canary" not in visit().get(f"/de{path}").text, path
    entries = db.session.scalars(sa.select(Entry)).all()
    assert {"follow.confirmed"} <= {entry.action for entry in entries}
    assert "canary" not in str([(entry.data, entry.actor, entry.subject_type) for entry in entries])
