"""Finding organisations."""

from incubator.foundation.slugs import plain
from incubator.organisations import queries


def _made(make, *names):
    for name in names:
        make.organisation(name=name, slug=plain(name))


def test_umlauts_are_found_either_way(make):
    _made(make, "Gärtnerei Süd", "Sportverein")
    assert [row.name for row in queries.search("gaertner").rows] == ["Gärtnerei Süd"]
    assert [row.name for row in queries.search("GÄRT").rows] == ["Gärtnerei Süd"]


def test_every_word_must_be_found(make):
    _made(make, "Chor Nord", "Chor Süd")
    assert [row.name for row in queries.search("süd chor").rows] == ["Chor Süd"]


def test_signs_of_the_database_are_only_signs(make):
    _made(make, "Chor Nord")
    assert not queries.search("%").rows
    assert not queries.search("_").rows


def test_pages_follow_the_alphabet_without_gaps(make):
    _made(make, *(f"Verein {letter}" for letter in "DACBE"))
    first = queries.search(size=2)
    second = queries.search(after=first.after, size=2)
    third = queries.search(after=second.after, size=2)
    assert [row.name[-1] for row in [*first.rows, *second.rows, *third.rows]] == list("ABCDE")
    assert third.after is None


def test_an_empty_list_says_how_to_begin(make, visit):
    assert "Add an organisation" in visit(make.person("coordinator")).get("/en/desk/organisations").text


def test_nonsense_in_the_address_is_no_fault(make, visit):
    _made(make, "Chor")
    visitor = visit(make.person("coordinator"))
    for query in ("after=x", "after=99999999999999999999", "after=-1", "q=%00", "q=" + "%F0%9F" * 50):
        assert visitor.get(f"/de/desk/organisations?{query}").status == 200


def test_the_list_costs_few_statements(make, visit, queries):
    _made(make, *(f"Verein {number:02}" for number in range(30)))
    visitor = visit(make.person("coordinator"))
    with queries(at_most=6):
        visitor.get("/de/desk/organisations")


def test_carriers_are_those_the_round_allows(make):
    _made(make, "Verein eins")
    make.organisation(name="Firma", slug="firma", legal_form="company")
    make.organisation(name="Will nicht", slug="will-nicht", will_carry=False)
    assert [row.name for row in queries.eligible_carriers(make.round())] == ["Verein eins"]
