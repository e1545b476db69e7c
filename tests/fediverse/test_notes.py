"""What is public is said; what is corrected is said anew; what is withdrawn is unsaid, everywhere and at once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.dispatch import operations as dispatch
from incubator.dispatch.models import Post
from incubator.fediverse import jobs, operations_notes, rules
from incubator.fediverse.models import Actor, Note, RemoteFollower
from incubator.fediverse.where import site
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import operations as journal
from incubator.media import operations as media
from incubator.milestones import operations_review, operations_updates
from incubator.projects.lifecycle import Status
from tests.fediverse.conftest import BASE, keep
from tests.peers.neighbour import AP


@pytest.fixture
def tell(garden, make, work):
    def publish(**given):
        update = make.update(garden, state="draft", **given)
        keep(lambda: operations_updates.publish(update, garden.leads[0]))
        work()
        return update

    return publish


def _kinds(neighbour):
    return [each["type"] for each in neighbour.heard]


def _status(visit, url):
    return visit().client.get(url.removeprefix(BASE), headers={"Accept": AP}).status_code


def test_a_correction_is_said_anew(any_database, follow, neighbour, tell, garden, work, visit):
    follow()
    update = tell(title="Erste Bete", text="Gegraben.")
    clock.set(clock.now() + timedelta(hours=1))
    keep(lambda: operations_review.correct_update(
        update, garden.leads[0], title="Erste Beete", text="Gegraben.", language="de", note="Verschrieben."))
    work()
    assert _kinds(neighbour) == ["Accept", "Create", "Update"]
    note = neighbour.heard[2]["object"]
    assert note["content"].startswith("<p>Erste Beete</p>") and note["id"] == neighbour.heard[1]["object"]["id"]
    assert note["updated"] == "2026-03-01T12:00:00Z"
    work()
    keep(lambda: operations_notes.settle(garden.id, site(), clock.today()))
    work()
    assert len(neighbour.heard) == 3, "looking again changes nothing"


def test_who_has_not_heard_yet_hears_the_new_words_only(app, follow, neighbour, garden, make, work):
    follow()
    update = make.update(garden, title="Falsch", state="draft")
    keep(lambda: operations_updates.publish(update, garden.leads[0]))
    while journal.deliver():
        pass
    keep(lambda: operations_review.correct_update(
        update, garden.leads[0], title="Richtig", text=update.text, language="de", note="Verschrieben."))
    work()
    assert "Falsch" not in str(neighbour.heard) and _kinds(neighbour)[1:] == ["Create", "Update"]


def test_what_is_withdrawn_is_unsaid_and_stays_gone(any_database, follow, neighbour, tell, garden, work, visit):
    follow()
    update = tell(title="Zu früh")
    url = neighbour.heard[1]["object"]["id"]
    keep(lambda: operations_updates.withdraw_update(update, garden.leads[0]))
    work()
    delete = neighbour.heard[2]
    assert (delete["type"], delete["object"]["type"], delete["object"]["id"]) == ("Delete", "Tombstone", url)
    assert _status(visit, url) == 410
    page = visit().client.get("/ap/actors/ein_garten/outbox?page=true").get_json(force=True)
    assert page["orderedItems"] == []


def test_what_is_withdrawn_before_it_left_never_leaves(app, follow, neighbour, garden, make, work):
    follow()
    update = make.update(garden, title="Zu früh", state="draft")
    keep(lambda: operations_updates.publish(update, garden.leads[0]))
    while journal.deliver():
        pass
    keep(lambda: operations_updates.withdraw_update(update, garden.leads[0]))
    work()
    assert "Zu früh" not in str(neighbour.heard) and _kinds(neighbour) == ["Accept", "Delete"]
    assert "Zu früh" not in "".join(db.session.scalars(sa.select(Post.body)))


def test_a_photo_that_is_withdrawn_goes_from_the_note(app, follow, neighbour, tell, garden, make, work):
    follow()
    photo = make.photo(garden, is_public=True)
    tell(photos=(photo,))
    assert len(neighbour.heard[1]["object"]["attachment"]) == 1
    keep(lambda: media.withdraw(photo, garden.leads[0]))
    work()
    assert _kinds(neighbour)[-1] == "Update" and "attachment" not in neighbour.heard[-1]["object"]


def test_a_photo_whose_consent_ends_goes_from_the_note_by_itself(app, follow, neighbour, tell, garden, make, work):
    follow()
    photo = make.photo(garden, is_public=True, shows_people=True, consent_until=clock.today())
    tell(photos=(photo,))
    clock.set(clock.now() + timedelta(days=1))
    jobs.let_photos_go.begin_anew()
    jobs.let_photos_go()
    work()
    assert _kinds(neighbour)[-1] == "Update" and "attachment" not in neighbour.heard[-1]["object"]


def test_a_project_that_is_not_public_any_more_takes_its_leave(any_database, follow, neighbour, tell, garden, work,
                                                             visit):
    follow()
    tell()
    url = neighbour.heard[1]["object"]["id"]

    def hide():
        garden.status = Status.DRAFT

    keep(hide)
    work()
    leave = neighbour.heard[2]
    assert (leave["type"], leave["object"]) == ("Delete", f"{BASE}/ap/actors/ein_garten")
    assert _status(visit, leave["object"]) == _status(visit, url) == 410
    assert _status(visit, f"{BASE}/.well-known/webfinger?resource=acct:ein_garten@stadt.example") == 410
    assert _status(visit, f"{BASE}/ap/actors/ein_garten/outbox") == 410
    assert db.session.scalars(sa.select(RemoteFollower)).all() == []
    work()
    assert len(neighbour.heard) == 3


def test_old_news_is_there_to_be_read_and_nobody_is_told(app, make, garden, follow, neighbour, work, visit):
    follow()
    make.update(garden, title="Längst", published_at=clock.now() - timedelta(days=30))
    keep(lambda: operations_notes.settle(garden.id, site(), clock.today()))
    work()
    assert _kinds(neighbour) == ["Accept"]
    page = visit().client.get("/ap/actors/ein_garten/outbox?page=true").get_json(force=True)
    assert "Längst" in page["orderedItems"][0]["object"]["content"]


def test_a_new_title_is_told(app, follow, neighbour, garden, work):
    follow()

    def rename():
        garden.title = "Zwei Gärten"
        operations_notes.settle(garden.id, site(), clock.today())

    keep(rename)
    work()
    assert _kinds(neighbour) == ["Accept", "Update"] and neighbour.heard[1]["object"]["name"] == "Zwei Gärten"


def test_an_outbox_has_pages_by_key(app, garden, make, visit, monkeypatch):
    from incubator.fediverse import queries_said

    for number in range(5):
        make.update(garden, title=f"Nummer {number}")
    keep(lambda: operations_notes.settle(garden.id, site(), clock.today()))
    whole = visit().client.get("/ap/actors/ein_garten/outbox").get_json(force=True)
    assert whole["totalItems"] == 5
    titles, url = [], whole["first"]
    monkeypatch.setattr(queries_said, "IN_OUTBOX", 2)
    monkeypatch.setattr(queries_said.notes, "__defaults__", (2,))
    while url:
        page = visit().client.get(url.removeprefix(BASE)).get_json(force=True)
        assert page["id"] == url
        titles += [each["object"]["content"][3:11] for each in page["orderedItems"]]
        url = page.get("next")
    assert titles == [f"Nummer {number}" for number in reversed(range(5))]


def test_drafts_and_reports_that_nobody_accepted_are_never_said(app, make, garden, visit, work):
    for state in ("draft", "proposed", "returned", "withdrawn"):
        make.update(garden, state=state, title="Geheim")
    make.update(garden, title="Geheim", milestone=make.milestone(garden, status="reported"))
    keep(lambda: operations_notes.settle(garden.id, site(), clock.today()))
    assert db.session.scalar(sa.select(sa.func.count(Note.id))) == 0


def test_a_name_never_changes_and_is_nobody_else_s(app, make, on, work):
    for slug in ("das-haus", "das--haus", "Straße"):
        make.project("active", slug=slug)
    make.project("draft", slug="geheim")
    work()
    names = set(db.session.scalars(sa.select(Actor.handle)))
    assert names == {"instance", "gestalte_deine_stadt", "das_haus", "das_haus_2", "strasse"}
    work()
    assert set(db.session.scalars(sa.select(Actor.handle))) == names


def test_ten_thousand_followers_on_one_server_are_one_message(app, follow, neighbour, tell, garden):
    follow()
    actor = db.session.scalar(sa.select(Actor).where(Actor.handle == "ein_garten"))
    keep(lambda: db.session.execute(sa.insert(RemoteFollower), [
        {"actor_id": actor.id, "uri": neighbour.uri(f"p{number}"), "inbox": f"{neighbour.uri(f'p{number}')}/inbox",
         "shared_inbox": f"{neighbour.peer.url}/inbox", "host": "localhost", "since": clock.now()}
        for number in range(10_000)]))
    tell()
    assert _kinds(neighbour) == ["Accept", "Create"]


def test_an_inbox_that_is_gone_is_told_nothing_more(app, follow, neighbour, tell, garden):
    from tests.peers.sealed import reply

    follow()
    neighbour.peer.answer = lambda asked: reply(asked, 410)
    tell()
    assert db.session.scalars(sa.select(RemoteFollower)).all() == [] and dispatch.post() == 0


@pytest.mark.parametrize(("words", "name"), [
    ("Garten der Sprachen", "garten_der_sprachen"), ("Grüße!", "gruesse"), ("", "project"), ("القهوة", "project"),
    ("sicher-im-sattel-radfahren-lernen", "sicher_im_sattel_radfahren"), ("x" * 40, "x" * 30),
    ("a" * 30 + "-b", "a" * 30), ("a" * 29 + "-b", "a" * 29), ("../../etc", "etc"), ("a\x00b", "a_b"),
])
def test_names_are_made_of_whole_words(words, name):
    assert rules.handle_of(words) == name and len(name) <= rules.LONGEST_HANDLE
