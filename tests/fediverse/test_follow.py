"""Somebody elsewhere finds a project, follows it, hears of its news, and leaves."""

import json
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
import sqlalchemy as sa

from incubator.fediverse import queries
from incubator.fediverse.models import Arrived, RemoteFollower, RemoteKey
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.milestones import operations_updates
from incubator.wording.models import Origin, Translation
from tests.fediverse.conftest import BASE, keep
from tests.peers.neighbour import AP, KEYS

FOLLOWERS = sa.select(RemoteFollower.uri)


def _get(visit, path, **headers):
    answer = visit().client.get(path, headers={"Accept": AP, **headers})
    return answer.status_code, (json.loads(answer.data) if answer.is_json or "json" in answer.content_type else None)


def test_a_project_is_found_by_its_name(garden, visit):
    status, found = _get(visit, "/.well-known/webfinger?resource=acct:ein_garten@stadt.example")
    assert status == 200 and found["subject"] == "acct:ein_garten@stadt.example"
    links = {each["rel"]: each["href"] for each in found["links"]}
    assert links["self"] == f"{BASE}/ap/actors/ein_garten"
    status, actor = _get(visit, "/ap/actors/ein_garten")
    assert (actor["type"], actor["preferredUsername"], actor["name"]) == ("Service", "ein_garten", garden.title)
    assert actor["summary"] == "<p>Beete &amp; Bänke.</p>" and actor["inbox"].startswith(BASE)
    assert actor["url"] == f"{BASE}/de/projects/ein-garten" and actor["endpoints"]["sharedInbox"] == f"{BASE}/ap/inbox"
    assert {each["name"] for each in actor["attachment"]} >= {"Phase", "Website"} or actor["attachment"]


@pytest.mark.parametrize("way", ["cavage", "rfc9421"])
@pytest.mark.parametrize("to", ["/ap/inbox", "/ap/actors/ein_garten/inbox"])
def test_somebody_follows_and_is_told_so(any_database, follow, neighbour, visit, way, to):
    assert follow(way=way, to=to) == 202
    assert db.session.scalars(FOLLOWERS).all() == [neighbour.uri()]
    accept = neighbour.heard[0]
    assert accept["type"] == "Accept" and accept["actor"] == f"{BASE}/ap/actors/ein_garten"
    assert accept["object"] == {"id": f"{neighbour.peer.url}/activities/1", "type": "Follow",
                                "actor": neighbour.uri(), "object": f"{BASE}/ap/actors/ein_garten"}
    assert db.session.scalar(sa.select(sa.func.count(Arrived.id))) == 0
    assert _get(visit, "/ap/actors/ein_garten/followers")[1]["totalItems"] == 1


def test_who_follows_hears_of_news_in_every_language_there_is(any_database, follow, neighbour, make, work, garden,
                                                              visit):
    follow()
    photo = make.photo(garden, is_public=True)
    update = make.update(garden, title="Erste Beete", photos=(photo,), state="draft",
                         text="Wir haben\ngegraben.\n\nMorgen weiter <b>!")
    keep(lambda: [db.session.add(Translation(
        owner_type="update", owner_id=update.id, field=name, language="ar", text=text, origin=Origin.AUTHOR,
        source_hash="0" * 64)) for name, text in (("title", "أولى الأحواض"), ("text", "حفرنا"))])
    keep(lambda: operations_updates.publish(update, garden.leads[0]))
    work()
    create = neighbour.heard[1]
    note = create["object"]
    assert (create["type"], create["actor"], note["type"]) == ("Create", f"{BASE}/ap/actors/ein_garten", "Note")
    assert note["content"].startswith(
        "<p>Erste Beete</p><p>Wir haben<br>gegraben.</p><p>Morgen weiter &lt;b&gt;!</p><p><a href=")
    assert note["contentMap"]["de"] == note["content"] and note["to"] == ["https://www.w3.org/ns/activitystreams#Public"]
    assert set(note["contentMap"]) == {"de", "ar"}, "in other languages there are no words"
    assert note["contentMap"]["ar"].startswith("<p>أولى الأحواض</p><p>حفرنا</p>")
    assert note["url"] == f"{BASE}/de/projects/ein-garten/updates/{update.id}"
    assert note["attachment"][0]["name"] == "Menschen am Herd"
    assert note["attachment"][0]["url"] == f"{BASE}/media/{photo.key}.jpg"
    status, own = _get(visit, note["id"].removeprefix(BASE))
    assert status == 200 and {name: own[name] for name in note} == note
    outbox = _get(visit, "/ap/actors/ein_garten/outbox?page=true")[1]
    assert [each["object"]["id"] for each in outbox["orderedItems"]] == [note["id"]]


def test_who_leaves_is_forgotten_at_once(any_database, follow, neighbour, visit, work):
    follow()
    undo = neighbour.activity("Undo", neighbour.activity("Follow", f"{BASE}/ap/actors/ein_garten"))
    assert neighbour.send(visit, undo, to="/ap/inbox", base=BASE) == 202
    work()
    assert db.session.scalars(FOLLOWERS).all() == []


def test_who_leaves_may_name_the_follow_by_its_address_alone(any_database, follow, neighbour, visit, work, programme):
    follow()
    first = f"{neighbour.peer.url}/activities/{neighbour.number}"
    follow(handle=programme.handle)
    for about in (f"{neighbour.peer.url}/activities/liked", {"id": first, "type": "Like"}, neighbour.uri()):
        neighbour.send(visit, neighbour.activity("Undo", about), to="/ap/inbox", base=BASE)
        neighbour.send(visit, neighbour.activity("Undo", first, "eve"), to="/ap/inbox", base=BASE)
        work()
    assert len(db.session.scalars(FOLLOWERS).all()) == 2, "something else was undone, or by somebody else"
    assert neighbour.send(visit, neighbour.activity("Undo", first), to="/ap/inbox", base=BASE) == 202
    work()
    assert db.session.scalars(sa.select(RemoteFollower.actor_id)).all() == [programme.id]
    last = f"{neighbour.peer.url}/activities/2"
    neighbour.send(visit, neighbour.activity("Undo", {"id": last}), to="/ap/inbox", base=BASE)
    work()
    assert db.session.scalars(FOLLOWERS).all() == []


def test_who_was_gone_and_comes_back_may_follow_again_by_the_same_name(any_database, follow, neighbour, visit, work):
    follow()
    same = neighbour.activity("Follow", f"{BASE}/ap/actors/ein_garten") | {"id": f"{neighbour.peer.url}/activities/1"}
    neighbour.gone.add("amal")
    neighbour.send(visit, neighbour.activity("Delete", neighbour.uri()), to="/ap/inbox", base=BASE)
    work()
    neighbour.send(visit, same, to="/ap/inbox", base=BASE, at=clock.now() + timedelta(minutes=1))
    work()
    assert db.session.scalars(FOLLOWERS).all() == [], "nobody says that they are back"
    neighbour.gone.clear()
    neighbour.key = KEYS[1]  # whoever begins anew has another key
    neighbour.send(visit, same, to="/ap/inbox", base=BASE, at=clock.now() + timedelta(minutes=2))
    work()
    assert db.session.scalars(FOLLOWERS).all() == [neighbour.uri()]
    first, second = (each for each in neighbour.heard if each["type"] == "Accept")
    assert first["object"] == second["object"]


def test_the_very_message_sent_again_follows_nobody(any_database, follow, neighbour, visit, work):
    follow()
    headers, body = neighbour.last
    undo = neighbour.activity("Undo", neighbour.activity("Follow", f"{BASE}/ap/actors/ein_garten"))
    neighbour.send(visit, undo, to="/ap/inbox", base=BASE)
    work()
    visit().client.post("/ap/actors/ein_garten/inbox", data=body, headers=headers)
    work()
    assert db.session.scalars(FOLLOWERS).all() == []


def test_who_is_gone_is_forgotten_with_their_key(any_database, follow, neighbour, visit, work):
    follow()
    assert neighbour.send(visit, neighbour.activity("Delete", neighbour.uri()), to="/ap/inbox", base=BASE) == 202
    work()
    assert db.session.scalars(FOLLOWERS).all() == [] and db.session.scalars(sa.select(RemoteKey.uri)).all() == []


def test_a_second_message_that_is_the_same_changes_nothing(any_database, follow, neighbour, visit, work):
    follow()
    again = neighbour.activity("Follow", f"{BASE}/ap/actors/ein_garten")
    undo = neighbour.activity("Undo", again)
    for each in (undo, again, undo | {"id": again["id"]}):
        neighbour.send(visit, each, to="/ap/inbox", base=BASE)
        work()
    assert db.session.scalars(FOLLOWERS).all() == [neighbour.uri()], "the last one has a name that was used already"


def test_whose_server_wants_the_new_signature_is_told_in_it(any_database, follow, neighbour):
    neighbour.wants_new = True
    follow()
    asked = [headers for method, _, headers, _ in neighbour.peer.asked if method == "POST"]
    assert ["signature-input" in each for each in asked] == [False, True]


def test_the_followers_of_the_programme_hear_of_all_projects(any_database, follow, neighbour, make, work, garden,
                                                             programme):
    follow(handle=programme.handle)
    update = make.update(garden, state="draft")
    keep(lambda: operations_updates.publish(update, garden.leads[0]))
    work()
    boost = neighbour.heard[1]
    assert (boost["type"], boost["actor"]) == ("Announce", f"{BASE}/ap/actors/{programme.handle}")
    assert boost["object"].startswith(f"{BASE}/ap/notes/")


def test_off_there_is_nothing_and_no_row_is_written(app, make, visit):
    from incubator.fediverse import jobs

    make.project("active", slug="kueche")
    for base, said in (("http://localhost", "on"), (BASE, "off")):
        app.config.update(BASE_URL=base, FEDIVERSE=said)
        jobs.introduce()
        for path in ("/.well-known/webfinger?resource=acct:kueche@localhost", "/ap/actors/kueche", "/ap/notes/1",
                     "/.well-known/nodeinfo", "/nodeinfo/2.1", "/ap/actors/kueche/outbox"):
            assert visit().get(path).status == 404
        assert visit().client.post("/ap/inbox", data=b"{}").status_code == 404
        page = visit().client.get("/de/projects/kueche", headers={"Accept": AP})
        assert page.status_code == 200 and "Accept" not in page.vary
    assert queries.only("instance") is None


def test_the_demo_city_lives_on_another_day_and_signs_with_that_of_others(on, follow, neighbour):
    clock.reset()
    clock.shift(timedelta(days=-75))
    assert follow(at=clock.real_now()) == 202
    accept = next(headers for method, _, headers, _ in neighbour.peer.asked if method == "POST")
    assert abs(parsedate_to_datetime(accept["date"]) - clock.real_now()) < timedelta(minutes=5)
