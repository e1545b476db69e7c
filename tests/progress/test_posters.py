"""A poster for the wall: paper and languages as chosen, one sheet, readable by everyone, a code that leads home."""

import io
import re

import pypdf
import pytest

from incubator.documents import press
from incubator.foundation import language
from incubator.foundation.transaction import transaction
from incubator.progress import posters
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.documents.reading import Structure, text_of

PATH = "/de/projects/offen/poster.pdf"
SIZES = {"a4": (595, 842), "a3": (842, 1191)}
LONG = "Wir kochen zusammen und reden über alles, was in der Stadt geschieht. " * 20


@pytest.fixture
def project(make):
    project = make.project("active", slug="offen", title="Offene Küche", summary="Wir kochen zusammen.")
    with transaction():
        for field, text, of in (("title", "Open kitchen", project.title), ("summary", "We cook.", project.summary)):
            translate("project", project.id, field, "en", text, of=of, origin=Origin.AUTHOR)
    return project


def _pdf(visit, **chosen):
    answer = visit().get(PATH, query_string=chosen)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    return answer.data


@pytest.mark.parametrize("paper", SIZES)
def test_a_poster_is_one_sheet_of_the_chosen_paper(visit, project, paper):
    (page,) = pypdf.PdfReader(io.BytesIO(_pdf(visit, paper=paper, languages=["de", "ar", "en"]))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == SIZES[paper]


def test_it_says_everything_in_each_language(visit, project):
    text = text_of(_pdf(visit, paper="a4", languages=["de", "en"]))
    for words in ("Offene Küche", "Wir kochen zusammen.", "Open kitchen", "We cook.", project.district.name,
                  "Gestalte Deine Stadt", "Osnabrück", "localhost/projects/offen"):
        assert words in text, words


def test_what_nobody_translated_is_said_once(visit, project):
    text = text_of(_pdf(visit, paper="a4", languages=["de", "ar"]))
    assert text.count("Wir kochen zusammen.") == 1


def test_assistive_technology_can_read_it(visit, project):
    seen = Structure(_pdf(visit, paper="a4", languages=["ar", "de"]))
    assert (seen.is_marked, seen.language, seen.ua_part, seen.title) == (True, "ar", "1", "Offene Küche")
    assert "H1" in seen.tags
    assert "Figure" in seen.tags


def test_without_a_choice_it_speaks_the_language_of_the_page(visit, project):
    answer = visit().get("/en/projects/offen/poster.pdf")
    assert "Open kitchen" in text_of(answer.data)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="offen-a4-en.pdf"'
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_demo_city_says_so_on_its_posters(app, visit, project):
    assert "DEMO" not in text_of(_pdf(visit))
    app.config["DEMO"] = True
    assert "DEMO" in text_of(_pdf(visit))


def test_the_programme_has_a_poster(visit):
    text = text_of(visit().get("/en/poster.pdf").data)
    assert "Ideas for Osnabrück become projects" in text


@pytest.mark.parametrize("text", [LONG, "x" * 500, "#panic() $x$ \\ <a>", "مطبخ " * 80, "a" + "\u0301" * 200])
def test_any_words_make_one_sheet(visit, make, text):
    make.project("active", slug="offen", title=text[:120], summary=text, language="de")
    data = _pdf(visit, paper="a4", languages=["de", "ar", "en"])
    assert press.count_pages(data) == 1
    if "panic" in text:
        assert "#panic() $x$ \\ <a>" in text_of(data)


@pytest.mark.parametrize("query", [
    "paper=a5&languages=de", "paper=a4", "languages=de", "paper=a4&languages=xx", "paper=&languages=", "paper=%00",
    "paper=a4&languages=de&languages=%ff", "languages[]=de",
])
def test_a_choice_there_is_not_gets_a_sentence(visit, project, query):
    for path in (PATH, PATH.removesuffix(".pdf")):
        answer = visit().get(f"{path}?{query}")
        if query == "languages[]=de":  # is no question of ours
            assert answer.status == 200
        else:
            assert answer.status == 422
            assert answer.soup.select_one(".notice--danger li")


def test_more_languages_than_one_can_read_are_refused(visit, project, monkeypatch):
    monkeypatch.setattr("incubator.progress.forms_sharing.MOST_LANGUAGES", 2)
    answer = visit().get(PATH, query_string={"paper": "a4", "languages": ["de", "en", "ar"]})
    assert answer.status == 422
    assert "drei" in answer.text or "three" in answer.text


def test_the_form_offers_every_language_and_the_page_s_own_is_ticked(visit, project):
    soup = visit().get("/ar/projects/offen/poster").soup
    boxes = {each["value"]: each.has_attr("checked") for each in soup.select("input[name=languages]")}
    assert boxes == {code: code == "ar" for code in language.BY_CODE}
    assert soup.select_one("input[name=paper][checked]")["value"] == "a4"


def test_the_code_leads_to_the_page_in_the_reader_s_language(visit, project, monkeypatch):
    drawn = []
    real = posters.segno.make
    monkeypatch.setattr(posters.segno, "make", lambda url, **how: drawn.append(url) or real(url, **how))
    answer = visit().get("/de/projects/offen/qr.svg")
    assert drawn == ["http://localhost/projects/offen"]
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert re.match(r'<svg xmlns="http://www.w3.org/2000/svg"', answer.text)
    assert visit().get("/projects/offen", headers={"Accept-Language": "ar"}).location == "/ar/projects/offen"


def test_the_page_to_share_holds_link_code_and_frame(visit, project):
    soup = visit().get("/de/projects/offen/share").soup
    assert soup.select_one("#link")["value"] == "http://localhost/projects/offen"
    assert soup.select_one("#code").get_text().startswith('<iframe src="http://localhost/de/embed/projects/offen"')
    links = [each["href"] for each in soup.select("main a")]
    assert "mailto:?subject=Offene%20K%C3%BCche&body=http%3A//localhost/de/projects/offen" in links
    assert not [link for link in links if link.startswith("http")]


def test_the_programme_can_be_shared_too(visit):
    soup = visit().get("/de/share").soup
    assert soup.select_one("#link")["value"] == "http://localhost/"
    assert soup.select_one("#code") is None


def test_the_project_page_leads_there(visit, project):
    assert visit().get("/de/projects/offen").soup.select_one("main a[href='/de/projects/offen/share']")
