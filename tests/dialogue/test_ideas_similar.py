"""Similar ideas are found while somebody types, in every script, and only those everybody may read."""

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from incubator.dialogue import operations, operations_similar, queries_ideas, rules_similar
from incubator.dialogue.models import IdeaTrigram
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction

TITLES = st.text(alphabet="aeiounrstkgmößé ыкухняمطبخ🎉", max_size=60)


def indexed(make, title, **fields):
    idea = make.idea(title=title, **fields)
    with transaction():
        operations_similar.index(idea)
    return idea


def found(text):
    return [each.title for each in queries_ideas.similar_public(text)]


@given(TITLES, TITLES)
def test_similarity_is_the_same_both_ways_and_never_more_than_one(one, other):
    score = rules_similar.similarity(one, other)
    assert score == rules_similar.similarity(other, one)
    assert 0 <= score <= 1


@given(TITLES)
def test_a_title_is_wholly_similar_to_itself_if_it_has_a_word(title):
    assert rules_similar.similarity(title, title) == (1.0 if rules_similar.trigrams(title) else 0.0)


@given(st.text(max_size=300))
def test_every_title_keeps_something_and_few_groups_are_asked(title):
    assert rules_similar.kept(title)
    assert all(len(each) == 3 for each in rules_similar.kept(title))
    assert len(rules_similar.asked(title)) <= rules_similar.MOST_ASKED


def test_a_title_in_other_words_of_the_same_letters_is_found(any_database, make):
    indexed(make, "Gemeinschaftsgarten am Schölerberg")
    indexed(make, "مطبخ الحي المشترك", language="ar")
    indexed(make, "Fahrradkurs für Frauen")
    assert found("Garten am Schoelerberg") == ["Gemeinschaftsgarten am Schölerberg"]
    assert found("مطبخ مشترك للحي") == ["مطبخ الحي المشترك"]
    assert found("Radkurs für Frauen") == ["Fahrradkurs für Frauen"]
    assert found("Etwas ganz anderes") == []


def test_the_most_similar_come_first_and_at_most_three(any_database, make):
    for name in ("Küche für alle Nachbarn", "Eine Küche für alle", "Küche für Kinder", "Küche für alle im Viertel"):
        indexed(make, name)
    assert found("Eine Küche für alle")[0] == "Eine Küche für alle"
    assert len(found("Küche für alle")) == 3


def test_too_few_letters_find_nothing(app, make):
    indexed(make, "Garten")
    assert found("Ga") == found("") == found("🎉🎉🎉") == []


def test_what_is_not_public_or_of_a_round_in_preparation_is_not_found(any_database, make):
    indexed(make, "Offener Garten", is_public=False)
    indexed(make, "Offener Garten", round=make.round(state="draft"))
    indexed(make, "Offener Garten", state="merged", merged_into_id=make.idea(title="Anderes").id)
    assert found("Offener Garten") == []


def test_a_new_title_is_found_at_once_and_the_old_one_no_more(any_database, make):
    round, by = make.round(), make.person("moderator")
    with transaction():
        idea = operations.give_idea(round, by, title="Offener Garten", language="de", is_public=True)
    assert found("Offener Garten")
    with transaction():
        operations.change_idea(idea, by, title="Fahrradwerkstatt")
    assert found("Offener Garten") == []
    assert found("Fahrradwerkstatt") == ["Fahrradwerkstatt"]


def test_ideas_from_before_are_indexed_once(any_database, make):
    ideas = [make.idea(title=title) for title in ("Offener Garten", "🎉")]
    with transaction():
        assert operations_similar.index_missing() == len(ideas)
    with transaction():
        assert operations_similar.index_missing() == 0
    assert found("Offener Garten")


def test_the_command_writes_everything_anew(app, make):
    idea = indexed(make, "Offener Garten")
    with transaction():
        db.session.execute(sa.update(IdeaTrigram).values(trigram="xyz").where(IdeaTrigram.trigram == "gar"))
    answer = app.test_cli_runner().invoke(args=["ideas", "reindex"])
    assert answer.exit_code == 0 and answer.output == "1 ideas can be compared\n"
    db.session.rollback()
    kept = set(db.session.scalars(sa.select(IdeaTrigram.trigram).where(IdeaTrigram.idea_id == idea.id)))
    assert kept == rules_similar.kept(idea.title)


def test_a_rare_word_is_found_among_thousands_of_alike_ones_with_one_bounded_question(any_database, make, queries):
    old = indexed(make, "Ein Treffpunkt für Imkerinnen")
    with transaction():
        _many(old.round_id, 3000)
    with queries(at_most=1) as sent:
        similar = queries_ideas.similar_public("Treffpunkt Imkerinnen")
    assert [each.id for each in similar][:1] == [old.id]
    assert "LIMIT" in sent[0]


def _many(round_id, count):
    """Ideas with everyday titles, as fast as the database takes them."""
    idea = db.metadata.tables["idea"]
    db.session.execute(sa.insert(idea), [
        {"round_id": round_id, "title": f"Ein Treffpunkt für alle {number}", "text": "", "language": "de",
         "state": "submitted", "reason": "", "may_be_public": True, "is_public": True, "is_fictional": False,
         "mail": "", "answer_language": "", "salt": "", "for_somebody": False, "consent_note": "", "version": 1,
         "given_at": clock.now()}
        for number in range(count)
    ])
    while operations_similar.index_missing():
        pass


def test_the_public_page_gives_a_piece_with_links(app, make, visit):
    idea = indexed(make, "Offener Garten", round=make.round())
    answer = visit().get("/de/ideas/similar?q=offener+garten")
    assert answer.status == 200
    assert [each["href"] for each in answer.soup.select("a")] == [f"/de/ideas/{idea.id}"]
    assert visit().get("/de/ideas/similar").text.strip() == ""


def test_the_office_sees_what_can_be_joined_even_if_it_is_not_public(app, make, visit):
    round = make.round()
    idea = indexed(make, "Offener Garten", round=round)
    other = indexed(make, "Ein offener Garten", round=round, is_public=False)
    indexed(make, "Offener Garten", round=make.round())
    page = visit(make.person("moderator")).get(f"/de/desk/ideas/{idea.id}").soup
    links = [each["href"] for each in page.select("section[aria-labelledby=similar] a")]
    assert links == [f"/de/desk/ideas/{other.id}"]
    assert [each["value"] for each in page.select("#into_id option")][1] == str(other.id)
