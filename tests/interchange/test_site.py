"""The public site as files: nothing is dead, nothing leads back, nothing is told that was not public."""

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from incubator.foundation.language import LANGUAGES
from incubator.interchange import site_export, site_seal
from incubator.interchange.site_export import CannotExport, export
from incubator.progress import jobs as search
from tests.axe import complaints
from tests.browser.town import Town
from tests.follow.test_canary import WORD, _hide, _poison
from tests.house.world import build

KEY = "5" * 64
AXE_PAGES = ("de/index.html", "ar/projects/kueche/index.html", "de/search/index.html", "de/archive-closed/index.html",
             "index.html")
LEFT = "net::ERR_ABORTED"  # the next page was opened before all had come
STYLED = re.compile(rb'<style|\sstyle="|\son[a-z]+="|javascript:', re.IGNORECASE)


def links(page: Path):
    soup = BeautifulSoup(page.read_bytes(), "html.parser")
    for element in soup.find_all(True):
        for name in ("href", "src", "action", "poster"):
            url = element.get(name)
            if url and not url.startswith(("mailto:", "#", "data:", "tel:")):
                yield element.name, url


def fields(page: Path):
    return BeautifulSoup(page.read_bytes(), "html.parser").select("input, select, textarea, form[method=post]")


def dead(folder: Path):
    for page in folder.rglob("*.html"):
        for _name, url in links(page):
            parts = urlsplit(url)
            if not parts.scheme and not (page.parent / unquote(parts.path)).resolve().is_file():
                yield f"{page.relative_to(folder)}: {url}"


def leading_back(folder: Path, base: str):
    """Find addresses of ours that anybody could follow; a site that is only named, in the seal or in data, is none."""
    for file in folder.rglob("*.*"):
        named = file.is_dir() or file.name in (site_seal.SEAL, "checkpoints.json") or "opendata" in file.parts
        if not named and base.encode() in file.read_bytes():
            yield str(file.relative_to(folder))


@pytest.fixture
def archive(app, tmp_path):
    app.config["RECORD_KEY"] = KEY
    folder = tmp_path / "archive"
    return lambda: export(app, folder, "", lambda said: None) and folder


@pytest.mark.long
def test_a_town_is_read_from_a_folder_without_any_network(make, archive, chromium: Browser):
    Town(make)
    folder = archive()
    assert list(dead(folder)) == []
    assert list(leading_back(folder, "http://localhost")) == []
    assert site_seal.findings(folder)[1] == []
    pages = sorted(folder.rglob("*.html"))
    assert {each.relative_to(folder).parts[0] for each in pages} >= {each.code for each in LANGUAGES}
    assert [str(page) for page in pages if STYLED.search(page.read_bytes())] == []
    assert {field.get("name") for each in pages for field in fields(each)} == {"q"}
    with chromium.new_context(offline=True) as context:
        page, errors = context.new_page(), []
        page.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: errors.append(str(fault)))
        page.on("requestfailed", lambda asked: errors.append(asked.url) if asked.failure != LEFT else None)
        for each in [each for each in pages if each.relative_to(folder).parts[0] in ("de", "ar", "index.html")]:
            page.goto(each.as_uri())
        assert errors == []
        _search_finds(page, folder)
        page.goto((folder / "de/projects/kueche/index.html").as_uri())
        page.click(".menu__button")
        page.click(".langs a[hreflang=ar]")
        assert page.url.endswith("/ar/projects/kueche/index.html") and page.get_attribute("html", "dir") == "rtl"
        assert errors == []
        assert {each: found for each in AXE_PAGES if (found := _looked_at(page, folder / each))} == {}


def _looked_at(page, file):
    page.goto(file.as_uri())
    return complaints(page)


def _search_finds(page, folder):
    page.goto((folder / "de/index.html").as_uri())
    page.fill("#find", "kuche")
    page.press("#find", "Enter")
    page.click(".found a[href$='de/projects/kueche/index.html']")
    assert page.locator("h1").inner_text().startswith("Küche")
    for language, word in (("ar", "مطبخ"), ("de", "herd")):
        page.goto((folder / language / "search/index.html").as_uri() + f"?q={word}")
        assert page.locator(".found mark").count() > 0, word
    page.goto((folder / "de/search/index.html").as_uri() + "?q=nirgends")
    assert page.locator("[data-archive-search] p").count() == 1


@pytest.mark.long
def test_no_private_word_is_in_any_file(make, archive):
    world = build(make, "active")
    _hide(world, make)
    search.rebuild()
    _poison()
    folder = archive()
    assert [str(file) for file in folder.rglob("*") if file.is_file() and WORD.encode() in file.read_bytes()] == []
    assert world.project.title in (folder / "de/projects/index.html").read_text()


def test_a_folder_with_something_in_it_is_left_alone(app, tmp_path):
    (tmp_path / "mine").write_text("x")
    with pytest.raises(CannotExport):
        export(app, tmp_path, "", lambda said: None)
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_an_archive_that_could_not_be_finished_leaves_nothing(app, tmp_path, monkeypatch):
    monkeypatch.setattr(site_export.Walk, "go", lambda walk: (walk.folder / "half").write_text("x") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(app, tmp_path / "archive", "", lambda said: None)
    assert [each for each in tmp_path.iterdir() if "archive" in each.name] == []


@pytest.fixture
def sealed(tmp_path):
    folder = tmp_path / "sealed"
    (folder / "de").mkdir(parents=True)
    for name in ("index.html", "de/index.html"):
        (folder / name).write_text(name)
    site_seal.close(folder, {"site": "https://city.example", "made_at": "2026-03-01T12:00:00Z", "journal": None}, KEY)
    return folder


def _changed(folder):
    (folder / "index.html").write_text("other")


def _sums_follow(folder):
    _changed(folder)
    sums = folder / site_seal.SUMS
    sums.write_text(re.sub("[0-9a-f]{64}(?=  index)", site_seal.sum_of(folder / "index.html"), sums.read_text()))


def _seal_follows(folder):
    _sums_follow(folder)
    seal = folder / site_seal.SEAL
    facts = json.loads(seal.read_text()) | {"sums": site_seal.sum_of(folder / site_seal.SUMS)}
    seal.write_text(json.dumps(facts))


@pytest.mark.parametrize(("how", "said"), [
    (_changed, "index.html was changed."),
    (lambda folder: (folder / "de/index.html").unlink(), "de/index.html is missing."),
    (lambda folder: (folder / "de/more.html").write_text("x"), "de/more.html does not belong to it."),
    (_sums_follow, "SHA256SUMS was changed."),
    (_seal_follows, "The signature in archive.json does not fit."),
    (lambda folder: (folder / "archive.json").unlink(), "archive.json or SHA256SUMS is missing or cannot be read."),
    (lambda folder: (folder / "archive.json").write_text("[]"),
     "archive.json is not of an archive that this program knows."),
])
def test_whatever_was_changed_is_found(sealed, how, said):
    assert site_seal.findings(sealed)[1] == []
    how(sealed)
    assert site_seal.findings(sealed)[1] == [said]


def test_operators_do_it_by_commands(app, sealed):
    run = app.test_cli_runner().invoke
    assert "is whole" in run(args=["site", "verify", str(sealed)]).output
    said = run(args=["site", "export", str(sealed)])
    assert said.exit_code == 1 and "not empty" in said.output
    _changed(sealed)
    said = run(args=["site", "verify", str(sealed)])
    assert said.exit_code == 1 and "index.html was changed." in said.output
