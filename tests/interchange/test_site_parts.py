"""What becomes a file of the archive under which name, and what a page of it keeps."""

import pytest

from incubator.interchange import site_plan
from incubator.interchange.site_pages import Frame, rewritten
from incubator.interchange.site_plan import Kind, Plan, is_safe, link

FRAME = Frame("<p>archive</p>", "<p>no form</p>", "<script src=x></script>", "<div>found</div>")


def page(body):
    written, words = rewritten(body, FRAME, lambda url: f"led:{url}", lambda url: url == "/search")
    return "".join(written), words


def test_what_is_listed_is_public_and_known(app):
    known = {rule.endpoint: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules()}
    for endpoint in (site_plan.PAGES | site_plan.FILES) - {"static"}:
        assert known[endpoint].is_public, endpoint
    assert not site_plan.PAGES & site_plan.FILES
    assert site_plan.FOUND <= site_plan.PAGES and set(site_plan.ONCE) <= site_plan.FILES


@pytest.mark.parametrize(("address", "kind", "file"), [
    ("/de/", Kind.PAGE, "de/index.html"), ("/ar/projects/kueche", Kind.PAGE, "ar/projects/kueche/index.html"),
    ("/de/projects/?after=7", Kind.PAGE, "de/projects/_after-7/index.html"),
    ("/de/projects/?x=1", Kind.PAGE, "de/projects/index.html"),
    ("/de/projects/feed.atom", Kind.FILE, "de/projects/feed.atom"),
    ("/de/record/record.jsonl", Kind.FILE, "record/record.jsonl"),
    ("/static/css/app.css?v=1", Kind.FILE, "static/css/app.css"),
])
def test_an_address_becomes_a_file(app, address, kind, file):
    place = Plan(app.url_map, "http://localhost").place(address)
    assert (place.kind, place.file) == (kind, file) and is_safe(file)


@pytest.mark.parametrize("address", ["/de/desk/", "/de/sign-in", "/de/follow", "/de/nowhere", "/metrics", "/readyz",
                                     "/de/follow/manage/1-x", "/service-worker.js", "/xx/"])
def test_what_is_not_listed_stays_outside(app, address):
    assert Plan(app.url_map, "http://localhost").place(address) is None


def test_a_question_in_an_address_becomes_no_strange_name(app):
    place = Plan(app.url_map, "http://localhost").place("/de/projects/?theme=../../%C3%BC")
    assert is_safe(place.file) and ".." not in place.file


def test_other_sites_are_left_alone(app):
    plan = Plan(app.url_map, "https://city.example")
    assert plan.address("https://city.example/de/") == "/de/"
    assert plan.address("https://other.example/de/") is None and plan.address("http://city.example/de/") is None


@pytest.mark.parametrize("file", ["", "/etc", "a//b", "../x", "a/../b", "a\\b"])
def test_no_name_leads_out_of_the_folder(file):
    assert not is_safe(file)


def test_links_are_relative():
    assert link("de/projects/a/index.html", "media/x.jpg") == "../../../media/x.jpg"
    assert link("index.html", "de/index.html", "#top") == "de/index.html#top"


def test_a_page_keeps_what_it_says_and_nothing_that_needs_a_server():
    said, words = page(
        '<!doctype html><head><link rel="manifest" href="/m"><link rel="canonical" href="/c">'
        '<meta property="og:url" content="https://city.example/"><script type="module" src="/x.js"></script>'
        '<link rel="stylesheet" href="/a.css"></head><body><main class="m"><h1>A &amp; B</h1>'
        '<svg viewBox="0 0 1 1"><linearGradient id="g"/><text>not said</text></svg>'
        '<form method="post" action="/x"><form><input></form></form><form action="/search"><input name="q"></form>'
        '<p data-copy-of="x" hidden>old</p><a href="/b?x=1&amp;y=2" title="&quot;">b</a><!-- c --></main></body>')
    assert '<link rel="stylesheet" href="led:/a.css">' in said and "manifest" not in said and "canonical" not in said
    assert "og:url" not in said and "x.js" not in said and "old" not in said and 'viewBox="0 0 1 1"' in said
    assert '<main class="m"><p>archive</p><h1>A &amp; B</h1>' in said
    assert said.count("<p>no form</p>") == 1 and '<form action="led:/search"><input name="q"></form>' in said
    assert '<a href="led:/b?x=1&amp;y=2" title="&quot;">b</a><!-- c --><div>found</div></main>' in said
    assert said.endswith("<script src=x></script></body>")
    assert " ".join(words.title) == "A & B" and "not said" not in words.text and "b" in words.text
