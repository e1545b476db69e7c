"""What is public is found, in every language, on both databases alike."""

from datetime import timedelta

from incubator.dialogue.models import EvidenceKind, Idea, IdeaState, NeedEvidence, Workshop, WorkshopKind
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.progress import jobs
from incubator.wording.models import Origin
from incubator.wording.operations import translate

TYPED = (
    "", "a", "ü", "a" * 10_000, "wort " * 2000, '"a AND', "*", "NEAR(", "NEAR(a b, 3)", "title:x", "a OR b NOT c",
    "^a", "-a", "'", "';DROP TABLE search_text;--", "a:*", "a & b | !c", "<->", "\\", "%", "🏠", "🏳️‍🌈 fest", "\u0301",
    "\u202eabc", "مرحبا", "שלום", "日本", "\x00", "\ud800", "ß", "İ", "１２３", "﷽", "ʼ",
)


def keep(row):
    with transaction():
        db.session.add(row)
    return row


def workshop(make, **fields):
    now = clock.now()
    return keep(Workshop(**({
        "slug": "werkstatt", "round_id": make.round().id, "kind": WorkshopKind.FUTURE_WORKSHOP, "title": "Wohnen",
        "starts_at": now, "ends_at": now + timedelta(hours=3), "changed_at": now, "languages": [],
    } | fields)))


def idea(make, **fields):
    return keep(Idea(**({
        "round_id": make.round().id, "title": "Lastenrad", "text": "Für alle im Haus", "language": "de",
        "given_at": clock.now(), "is_public": True, "may_be_public": True,
    } | fields)))


def evidence(make, **fields):
    return keep(NeedEvidence(**({
        "kind": EvidenceKind.SURVEY, "statement": "Treffpunkte fehlen", "count": 61, "base": 84, "year": 2026,
        "source": "Umfrage", "theme_id": make.theme().id, "recorded_at": clock.now(),
    } | fields)))


def found(visit, q, language="de"):
    """Return what the search page shows, title by title, group by group."""
    answer = visit().get(f"/{language}/search", query_string={"q": q})
    assert answer.status == 200
    return {
        group["aria-labelledby"].removeprefix("found-"): [each.get_text() for each in group.select("h3")]
        for group in answer.soup.select("section[aria-labelledby^=found-]")
    }


def listed(visit, q, language="de", **filters):
    answer = visit().get(f"/{language}/projects/", query_string={"q": q} | filters)
    assert answer.status == 200
    return [each.get_text(strip=True) for each in answer.soup.select("main .card__title")]


def test_the_word_why_an_idea_ended_is_of_the_office_s_language(any_database, visit, make):
    given = idea(make, round_id=make.round(language="en").id, state=IdeaState.PARKED, reason="Kept for spring")
    with transaction():
        translate("idea", given.id, "reason", "de", "Aufgehoben bis Frühling", of=given.reason, origin=Origin.OFFICIAL)
    jobs.rebuild()
    assert found(visit, "frühling") == {"idea": ["Lastenrad"]}
    said = visit().get("/de/search", query_string={"q": "spring"}).soup.select_one("main mark").find_parent(lang=True)
    assert said["lang"] == "en"


def test_everything_public_is_found(any_database, visit, make):
    project = make.project("active", title="Garten der Sprachen", summary="Beete am Kanal")
    make.milestone(project, title="Hochbeete gebaut")
    make.partnership(project, make.organisation(name="Sprachpool e.V."))
    make.pledge(project, description="Gießkannen", state="confirmed")
    make.update(project, title="Erntefest", text="Kürbissuppe für alle")
    workshop(make, summary="Spielplätze fehlen")
    idea(make)
    evidence(make)
    assert jobs.rebuild() == 5
    title = ["Garten der Sprachen"]
    assert found(visit, "kanal") == {"project": title}
    assert found(visit, "hochbeet") == found(visit, "sprachpool") == found(visit, "giesskanne") == {"project": title}
    assert found(visit, "kürbis") == {"update": ["Erntefest"]}
    assert found(visit, "spielplaetze") == {"workshop": ["Wohnen"]}
    assert found(visit, "lastenrad haus") == {"idea": ["Lastenrad"]}
    assert found(visit, "TREFFPUNKT") == {"need_evidence": ["Treffpunkte fehlen"]}


def test_a_translation_is_found_and_told_in_the_readers_language(any_database, visit, make):
    project = make.project("active", title="Кухня", summary="Готовим вместе", language="ru")
    with transaction():
        for language, title in (("de", "Gemeinsam kochen"), ("ar", "الْمَطْبَخ المُشترَك")):
            translate("project", project.id, "title", language, title, of="Кухня", origin=Origin.OFFICIAL)
    jobs.rebuild()
    assert found(visit, "المطبخ", "de") == {"project": ["Gemeinsam kochen"]}
    assert found(visit, "kochen", "ar") == {"project": ["الْمَطْبَخ المُشترَك"]}
    assert found(visit, "кухня", "en") == {"project": ["Кухня"]}
    passage = visit().get("/de/projects/?q=مطبخ").soup.select_one(".snippet")
    assert (passage["lang"], passage["dir"], passage.mark.get_text()) == ("ar", "auto", "الْمَطْبَخ")


def test_the_best_come_first(any_database, visit, make):
    make.project("active", title="Fahrradkurse", summary="Teile")
    make.project("active", title="Werkstatt", summary="Wir flicken jedes Rad")
    make.project("active", title="Rad und Mut", summary="Lernen")
    make.project("active", title="Dreiradrennen", summary="Wetter")
    other = make.project("active", title="Chor", summary="Singen")
    make.update(other, title="Ausflug", text="Mit dem Rad")
    jobs.rebuild()
    assert listed(visit, "rad") == ["Rad und Mut", "Werkstatt", "Dreiradrennen", "Fahrradkurse", "Chor"]


def test_filters_hold_while_looking(any_database, visit, make):
    schinkel, hafen = make.district(slug="schinkel"), make.district(slug="hafen")
    make.project("active", title="Küche A", district_id=schinkel.id)
    there = make.project("completed", title="Küche B", district_id=hafen.id)
    chor = make.project("completed", title="Chor", summary="", district_id=hafen.id)
    make.update(chor, title="In der Küche", text="Lieder")
    make.update(there, title="Auch hier", text="Küche")
    jobs.rebuild()
    assert listed(visit, "küche", district="hafen") == ["Küche B", "Chor"]
    assert listed(visit, "küche", stage="milestones") == ["Küche A"]
    assert listed(visit, "küche", district="nirgends") == []


def test_a_place_is_found_by_its_name(any_database, visit, make):
    make.project("active", title="Chor", district_id=make.district(name="Schölerberg").id)
    jobs.rebuild()
    assert listed(visit, "schoelerberg") == ["Chor"]


def test_pages_of_the_best_follow_each_other(any_database, visit, make, monkeypatch):
    monkeypatch.setattr("incubator.progress.queries.ON_LIST", 2)
    for number in range(5):
        make.project("active", title=f"Küche {number}")
    jobs.rebuild()
    stranger, seen, path = visit(), [], "/de/projects/?q=küche"
    while path:
        answer = stranger.get(path)
        seen += [each.get_text(strip=True) for each in answer.soup.select("main .card__title")]
        older = answer.soup.select_one("a[rel=next]")
        path = older["href"] if older else None
    assert seen == [f"Küche {number}" for number in (4, 3, 2, 1, 0)]


def test_whatever_is_typed_gets_an_answer(any_database, visit, make):
    make.project("active", title="Küche")
    jobs.rebuild()
    stranger = visit()
    for q in TYPED:
        typed = q.encode("utf-8", "surrogatepass")
        for path in ("/de/search", "/ar/search", "/de/projects/"):
            assert stranger.get(path, query_string={"q": typed}).status == 200, (path, q[:40])
