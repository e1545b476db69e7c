"""The search in a browser: for everybody, on every screen."""

import pytest

from incubator.progress import jobs
from tests.browser.test_pages import VIEWS, looked_at
from tests.progress.test_search import evidence, idea, workshop

pytestmark = pytest.mark.long
PAGES = ["/search", "/search?q=küche", "/search?q=nirgends", "/search?q=%25", "/projects/?q=küche", "/projects/?q=xx"]


@pytest.mark.parametrize(("language", "width", "scheme"), VIEWS)
def test_what_was_found_is_accessible_and_narrow(make, chromium, live, come_in, language, width, scheme):
    project = make.project("active", title="Nachbarschaftsküche", summary="Wir kochen in der Küche.")
    make.update(project, title="Küche offen", text="Alle kommen in die Küche.")
    workshop(make, title="Küche und Haus")
    idea(make, title="مطبخ للجميع", text="Küche", language="ar")
    evidence(make, statement="Küche fehlt")
    jobs.rebuild()
    assert looked_at(chromium, live, come_in, None, PAGES, language, width, scheme) == []
