"""Makes the archive of the public site: walked, led to files, sealed, and only then put where it belongs."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask

from incubator.foundation import clock
from incubator.foundation.language import LANGUAGES
from incubator.interchange import site_seal, site_words
from incubator.interchange.site_plan import CLOSED, MISSING, Kind, Place, link
from incubator.interchange.site_rewrite import Rewriting
from incubator.interchange.site_walk import CannotExport, Walk
from incubator.journal import queries as journal
from incubator.journal import rules

__all__ = ["CannotExport", "export"]
RECORD = "record/record.jsonl"


def export(app: flask.Flask, folder: Path, address: str, tell: Callable[[str], None]) -> dict[str, Any]:
    """Write the archive into a folder that is empty or not there yet; `address` is where it will stand, if known."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise CannotExport(f"{folder} is not empty; an archive wants a folder of its own.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        facts = _fill(app, making, address, tell)
        making.chmod(0o755)
        if folder.is_dir():
            folder.rmdir()
        making.rename(folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return facts


def _fill(app: flask.Flask, folder: Path, address: str, tell: Callable[[str], None]) -> dict[str, Any]:
    before, made_at = _position(app), clock.now()
    walk = Walk(app, folder, tell)
    walk.go()
    tell(f"{len(walk.pages)} pages are led to each other")
    frames = site_words.frames(app, made_at)
    work = Rewriting(walk, frames, app.config["SITE_NAME"])
    _add_own(app, walk)
    for each in LANGUAGES:
        work.index(each.code)
    for place in walk.pages:
        work.page(place)
    work.files()
    _add_frame(app, walk, work, address)
    head = site_seal.head_of(folder / RECORD) if (folder / RECORD).exists() else None
    facts: dict[str, Any] = {
        "site": app.config["BASE_URL"], "name": app.config["SITE_NAME"], "made_at": rules.moment_text(made_at),
        "languages": [each.code for each in LANGUAGES], "pages": len(walk.pages),
        "journal": {"number": head[0], "hash": head[1]} if head else None,
    }
    number, size = site_seal.close(folder, facts, app.config["RECORD_KEY"])
    return facts | {"files": number, "bytes": size, "moved_on": _position(app) != before}


def _position(app: flask.Flask) -> int:
    with app.app_context():
        return journal.position()


def _add_own(app: flask.Flask, walk: Walk) -> None:
    """Put in our own script and, for each language, the page that stands in for what is over."""
    script = "static/js/archive.js"
    (walk.folder / script).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(app.static_folder or "") / "js/archive.js", walk.folder / script)
    for each in LANGUAGES:
        place = Place(f"/{each.code}/", Kind.PAGE, CLOSED, f"{each.code}/{CLOSED}/index.html", each.code)
        file = walk.folder / place.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(site_words.closed_page(app, each.code), "utf-8")
        walk.pages.append(place)


def _add_frame(app: flask.Flask, walk: Walk, work: Rewriting, address: str) -> None:
    """Put in what the archive needs at its top: the choice of languages, the page for what is missing, the map."""
    default = LANGUAGES[0].code
    made = ((Place(f"/{default}/", Kind.PAGE, MISSING, MISSING, default), site_words.missing_page(app)),
            (Place(f"/{default}/", Kind.PAGE, "root", "index.html", default),
             site_words.root_page(app, clock.now())))
    for place, drawn in made:
        (walk.folder / place.file).write_text(drawn, "utf-8")
        work.page(place)
    base = address.rstrip("/") + "/" if address else ""
    known = sorted(place.file for place in walk.pages if place.endpoint != CLOSED)
    with (walk.folder / "sitemap.xml").open("w", encoding="utf-8") as written:
        written.write('<?xml version="1.0" encoding="utf-8"?>\n'
                      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n')
        written.writelines(f"<url><loc>{base}{link('index.html', file)}</loc></url>\n" for file in known)
        written.write("</urlset>\n")
