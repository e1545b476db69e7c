"""A neighbour with a phone asks; the office passes it on; the lead answers; everybody reads it, and never the hate."""

import pytest

from incubator.journal import operations as journal
from incubator.letters.queries import newest_to
from tests.journeys.walkers import DESK, PHONE, Walker

HATE = "Solche Leute brauchen wir hier nicht"
PAGE = "/de/projects/projekt-1"


@pytest.fixture(params=["with scripts", "without scripts"])
def people(request, make, chromium, live, come_in):
    project = make.project("active")
    walkers = {
        name: Walker(chromium, live, screen=screen, scripts=request.param == "with scripts")
        for name, screen in (("neighbour", PHONE), ("lead", PHONE), ("office", DESK))
    }
    come_in(walkers["lead"].page, project.leads[0])
    come_in(walkers["office"].page, make.person("coordinator"))
    yield walkers
    for walker in walkers.values():
        walker.close()


def test_from_a_question_to_the_answer_everybody_reads(people):
    neighbour, lead, office = people["neighbour"], people["lead"], people["office"]
    neighbour.open(PAGE).follow_to("/ask").send(
        text="Dürfen Kinder mitkommen? Fragt Nina Nachbar.", mail="nina@example.org")
    neighbour.open(PAGE).follow_to("/ask").send(text=HATE)
    neighbour.open(PAGE).follow_to("/help").send(
        help_kind="hours", quantity="zwei Stunden", text="Ich schäle Kartoffeln.", mail="nina@example.org")
    journal.deliver()

    office.open("/de/desk/").follow_to("/desk/questions").follow_to("/desk/questions/1")
    office.sees("Nina Nachbar").send("/1", public_text="Dürfen Kinder mitkommen?")
    office.follow_to("/desk/questions/2").sees(HATE).follow_to("/keep-back").send(reason="insult")
    office.follow_to("/desk/questions/3").send("/3")
    journal.deliver()

    lead.open("/de/desk/").follow_to("/desk/projects/1/questions")
    assert HATE not in lead.text and "Nina" not in lead.text
    lead.follow_to("/messages/1/answer").send(text="Ja, ab halb sechs kochen sie mit.", how="public")
    lead.follow_to("/messages/3/accept").send(text="Komm am Freitag!").sees("nina@example.org")
    journal.deliver()

    neighbour.open(PAGE).sees("Dürfen Kinder mitkommen?", "Ja, ab halb sechs kochen sie mit.")
    for path in (PAGE, f"{PAGE}/questions"):
        neighbour.open(path)
        for private in (HATE, "Nina", "nina@example.org", "Kartoffeln"):
            assert private not in neighbour.page.content(), path
    letter = newest_to("nina@example.org")
    assert letter is not None and "Komm am Freitag!" in letter.text
    assert [each for walker in people.values() for each in walker.wrong] == []
