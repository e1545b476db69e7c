"""Only German decides: every page and paper about it says so in every other language, easy German too."""

import pytest

from tests.documents.reading import text_of
from tests.house.world import build

PUBLIC = ("/privacy", "/imprint", "/projects/{slug}/history", "/projects/{slug}/money")
DESK = ("/desk/projects/{id}/budget", "/desk/projects/{id}/decision", "/desk/rounds/{round}/minutes")


def notices(visitor, language, path):
    return visitor.get(f"/{language}{path}").soup.select("[data-courtesy]")


@pytest.mark.parametrize("language", ["ar", "uk", "de-simple"])
def test_every_page_about_something_binding_says_that_german_binds(app, make, visit, language):
    world = build(make)
    reader, office = visit(), visit(world.people["coordinator"])
    parts = {"slug": world.project.slug, "id": world.project.id, "round": world.round.id}
    silent = [path for path in PUBLIC if len(notices(reader, language, path.format(**parts))) != 1]
    silent += [path for path in DESK if office.get(f"/{language}{path.format(**parts)}").status == 200
               and len(notices(office, language, path.format(**parts))) != 1]
    assert silent == []
    assert [path for path in PUBLIC if notices(reader, "de", path.format(**parts))] == []


def test_a_notice_in_easy_german_is_a_courtesy_too(awarded, office):
    german, easy = (text_of(office.made(awarded, "award_notice", code)) for code in ("de", "de-simple"))
    assert "Rechtlich verbindlich ist nur" not in german
    assert "Leichter Sprache ist eine Hilfe" in easy
