"""A word in every private field of the database, and no public byte that holds one.

A text column is private unless it is listed here, so a new one is watched from its first day.
"""

import json

import pytest
import sqlalchemy as sa

from incubator.accounts.models import PublicName
from incubator.api.routes_read import RESOURCES
from incubator.documents import press
from incubator.foundation.database import db
from incubator.foundation.language import BY_CODE
from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.progress import jobs as search
from incubator.progress.models import SearchText
from incubator.progress.rules_record import OPEN
from incubator.projects.models import StepReason
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.documents.reading import text_of
from tests.house.world import address, build
from tests.questions.messages import message, offer

WORD = "canary"
READ = ("de", "de-simple", "ar", "uk")  # its own, one that comes with another, and two in other letters
PUBLIC = {
    "board": {"question", "code"},  # whoever stands in the room reads the code
    "actor": {"handle", "public_key"},
    "board_card": {"text"},
    "board_group": {"title"},
    "district": {"number", "slug", "name", "source", "migration_share_source"},
    "idea": {"title", "text", "reason"},
    "district_shape": {"path"},
    "message": {"public_text", "answer", "answer_language"},
    "milestone": {"title", "description"},
    "need_evidence": {"statement", "indicator", "languages", "source", "licence"},
    "organisation": {"slug", "name", "website"},
    "partnership": {"roles"},
    "photo": {"key", "alt", "alt_language", "credit"},
    "pledge": {"description", "unit", "valued_how"},
    "project": {"slug", "title", "summary", "group_name", "resolution_body", "resolution_reference", "resolution_url"},
    "round": {"slug", "name", "summary", "rule_source"},
    "round_fact": {"kind", "text", "source"},
    "shape_set": {"source", "licence", "licence_url"},
    "theme": {"key", "slug", "names"},
    "translation": {"owner_type", "field", "text"},
    "update": {"title", "text", "correction_note"},
    "workshop": {"slug", "title", "text", "place", "languages", "summary"},
    "search_text": {"kind", "tokens"},  # nothing of it is shown; that it is made of public words is asked below
    # the record shows its seals; of entries that are not open everything else stays inside, see `_seal_entries`
    "entry": {"action", "actor", "subject_type", "salt", "content", "previous", "hash", "data"},
    "checkpoint": {"site", "hash", "public_key", "signature"},
}
NO_WORDS = {"language"}
LISTED = {resource.name for resource in RESOURCES}
HIDDEN = tuple(f"/api/v1/{name}/canary-hidden" for name in ("projects", "budgets", "rounds", "workshops")) + tuple(
    f"/api/v1/{name}?project=canary-hidden" for name in ("milestones", "updates"))
ANSWERED = (*HIDDEN, "/de/nowhere", "/ar/desk/projects/1", "/de/projects/canary-hidden", "/de/rounds/canary-hidden",
            "/de/projects/canary-hidden/feed.atom", "/de/projects/canary-hidden/feed.json",
            "/de/projects/canary-hidden/calendar.ics", "/de/projects/canary-hidden/money",
            "/de/projects/canary-hidden/card.png", "/de/projects/canary-hidden/poster.pdf",
            "/de/projects/canary-hidden/share", "/de/projects/canary-hidden/qr.svg", "/de/embed/projects/canary-hidden",
            "/oembed?url=http://localhost/de/projects/canary-hidden",
            "/de/projects/canary-hidden/history", "/de/workshops/canary-hidden",
            "/de/workshops/canary-hidden/calendar.ics", "/de/projects/?q=anar", "/de/search?q=anar",
            "/de/projects/?q=projekt", "/ar/search?q=projekt", "/de/projects/feed.json?theme=thema-1")


def _private(table):
    """Return the columns of a table that hold words nobody outside may read, by the kind of thing they hold."""
    for column in table.columns:
        kept = column.name in NO_WORDS or isinstance(column.type, sa.Enum) or column.foreign_keys
        if not kept and column.name not in PUBLIC.get(table.name, ()):
            if isinstance(column.type, sa.JSON):
                yield column, json.dumps([f"{WORD}-{table.name}-{column.name}"])
            elif isinstance(column.type, sa.String):
                yield column, f"{WORD}-{table.name}-{column.name}-"
            elif isinstance(column.type, sa.LargeBinary):
                yield column, f"{WORD}-{table.name}-{column.name}".encode()


def _poison():
    """Put the word into every private field of every row; triggers that keep rows as they are step aside."""
    with db.engine.begin() as line:
        for (name,) in line.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            line.exec_driver_sql(f'DROP TRIGGER "{name}"')
        line.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        poisoned = set()
        for table in db.metadata.sorted_tables:
            for column, word in _private(table):
                marked = f"CAST(:word AS TEXT) || {_row(table)}" if str(word).endswith("-") else ":word"
                done = line.execute(sa.text(f'UPDATE "{table.name}" SET "{column.name}" = {marked}'), {"word": word})
                poisoned |= {f"{table.name}.{column.name}"} if done.rowcount else set()
        _seal_entries(line)
        line.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
    return poisoned


def _row(table):
    return "id" if "id" in table.columns else "rowid"


def _seal_entries(line):
    opened = ", ".join(f"'{action}'" for action in OPEN)
    line.exec_driver_sql(
        f"UPDATE entry SET salt = '{WORD}-salt', actor = '{WORD}-actor', data = '[\"{WORD}-data\"]' "
        f"WHERE action NOT IN ({opened})"
    )


def _hide(world, make):
    """Add what is written but not for everyone: drafts, what was taken back, what is not public yet."""
    said = f"{WORD}-hidden"
    project = world.project
    hidden = make.project("mentoring", slug=said, title=said, summary=said, group_name=said)
    preparing = make.round(state="draft", slug=said, name=said, summary=said, rule_source=said)
    make.workshop(slug=said, title=said, text=said, place=said, summary=said, round=preparing)
    make.idea(is_public=False, title=said, text=said, workshop_id=world.workshop.id, evidence=[world.evidence],
              theme_id=project.theme_id, district_id=project.district_id)
    rows = [make.update(project, state=state, title=said, text=said) for state in ("draft", "withdrawn")]
    rows.append(make.update(hidden, title=said, text=said))
    rows.append(make.update(project, title=said, text=said, milestone=make.milestone(project, status="reported")))
    make.milestone(hidden, title=said, description=said)
    make.pledge(project, description=said, unit=said, valued_how=said)
    given = make.pledge(project, state="confirmed", description=said, unit=said, valued_how=said)
    offer(project, "answered", pledge_id=given.id, public_text=said, answer=said)
    for state in ("passed", "answered", "closed"):
        message(project, state, public_text=said, answer=said)
    lost = make.photo(project, alt=said, credit=said)
    make.update(project, title="Mit Foto", photos=(lost, make.photo(project, is_public=True, alt="Am Herd")))
    with transaction():
        step = record("project.moved", None, project, **{"action": "suspend", "from": "active", "to": "suspended"})
        db.session.add(StepReason(entry_id=step.id, project_id=project.id, text=said, salt=said))
        for code in BY_CODE:
            for row in rows:
                translate("update", row.id, "title", code, said, of="", origin=Origin.AUTHOR)
            translate("project", hidden.id, "title", code, said, of="", origin=Origin.AUTHOR)
            translate("project", project.id, "need", code, said, of="", origin=Origin.AUTHOR)
        for person in [*world.people.values(), *project.leads, *project.mentors, world.spare]:
            person.public_name_choice = PublicName.GROUP


def _public_paths(app, world):
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "is_public", False) and "GET" in rule.methods:
            path = address(rule, world)
            yield from ({path.replace("/de/", f"/{code}/", 1) for code in READ})
            if path.startswith("/api/v1/"):
                yield from ({f"{path}?lang={code}&limit=100" for code in READ} if rule.endpoint[4:] in LISTED else
                            {f"{path}?lang={code}" for code in READ})
            if "<any(atom, json)" in rule.rule:
                yield path.removesuffix("atom") + "json"


def _shared_paths(slug):
    """Return what tells of a project elsewhere and has its name behind the question mark, or more than one language."""
    chosen = "&".join(["paper=a4", *(f"languages={code}" for code in READ[:3])])
    urls = [f"http://localhost/{code}/projects/{slug}" for code in READ]
    told = [f"/oembed?url={url}&format={form}" for url in urls for form in ("json", "xml")]
    return [f"/de/projects/{slug}/poster.pdf?{chosen}", *told]


def _told(answer):
    """Return the bytes of an answer, and what is packed in them as words."""
    packed = text_of(answer.data) if answer.data.startswith(b"%PDF") else ""
    return answer.data + packed.encode() + str(answer.headers).encode()


@pytest.fixture
def printed(monkeypatch):
    """What is handed to the press: the words of a picture cannot be read from its bytes."""
    seen, real = [], press._set
    monkeypatch.setattr(press, "_set", lambda kind, content, **how: seen.append(content) or real(kind, content, **how))
    return seen


@pytest.mark.parametrize("status", ["active", "recovery", "revoked"])
def test_no_private_word_is_in_any_public_byte(app, make, visit, printed, status):
    world = build(make, status)
    _hide(world, make)
    search.rebuild()
    assert not any(WORD in said for said in db.session.scalars(sa.select(SearchText.tokens)))
    slug, title = world.project.slug, world.project.title
    paths = [*sorted(set(_public_paths(app, world))), *ANSWERED, *_shared_paths(slug)]
    assert len(_poison()) > 60
    stranger, leaks = visit(), []
    read = {path: stranger.get(path) for path in paths}
    for path, answer in read.items():
        said = _told(answer).replace(path.encode(), b"")  # errors may repeat the address
        at = said.find(WORD.encode())
        leaks += [f"{path}: {said[at - 60:at + 60]!r}"] if at >= 0 else []
        assert answer.status < 500 or path == "/readyz", path  # the tests' database was made without steps
    assert leaks == [], "\n".join(leaks)
    for path in (f"/de/projects/{slug}", f"/de/projects/{slug}/feed.atom", f"/de/projects/{slug}/feed.json",
                 f"/de/projects/{slug}/calendar.ics", "/de/calendar.ics", "/de/projects/feed.atom",
                 "/api/v1/projects", f"/api/v1/projects/{slug}?lang=uk", f"/api/v1/budgets/{slug}", "/api/v1/updates"):
        assert title in read[path].text, path
    assert f"/de/projects/{slug}".encode() in read["/sitemap.xml"].data
    assert WORD not in json.dumps(printed)
    assert json.dumps(printed, ensure_ascii=False).count(title) >= 2 * len(READ)
    for path in (f"/de/embed/projects/{slug}", *_shared_paths(slug)):
        assert title in _told(read[path]).decode(errors="replace"), path


def test_what_is_listed_as_public_exists():
    known = {table.name: set(table.columns.keys()) for table in db.metadata.sorted_tables}
    for table, columns in PUBLIC.items():
        assert columns <= known[table], table
