"""Our sentences in templates: whose language they speak, and what is put into them."""

import flask
import pytest
from markupsafe import Markup

from incubator.foundation.language import in_language

FREE = "Sign out"
OPEN = "Ideas for %(city)s become projects"


def say(app, template, **values):
    return app.jinja_env.from_string(template).render(**values)


def test_each_language_says_it_its_own_way_and_again_the_same(app):
    for _ in range(2):
        for code, said in (("de", "Abmelden"), ("en", FREE)):
            with app.test_request_context(), in_language(code):
                assert say(app, f"{{{{ _('{FREE}') }}}}") == said


def test_what_is_put_into_a_page_is_escaped_the_sentence_is_not(app):
    with app.test_request_context(), in_language("en"):
        assert say(app, f"{{{{ _('{OPEN}', city=city) }}}}", city="<b>") == "Ideas for &lt;b&gt; become projects"
        assert say(app, "{{ _('less < more') }}") == "less < more"
        assert say(app, f"{{{{ _('{OPEN}', city=city) }}}}", city=Markup("<b>")) == "Ideas for <b> become projects"


def test_a_letter_takes_what_is_put_in_as_it_is(app):
    with app.test_request_context(), in_language("en"):
        plain = "{% autoescape false %}{{ _('" + OPEN + "', city=city) }}{% endautoescape %}"
        assert say(app, plain, city="A & B") == "Ideas for A & B become projects"


@pytest.mark.parametrize("code", ["de", "en"])
def test_two_signs_for_a_hundredth_become_one(app, code):
    with app.test_request_context(), in_language(code):
        assert say(app, "{{ _('100 %% of it') }}") == "100 % of it"


@pytest.mark.parametrize(("number", "said"), [(1, "1 &lt;"), (2, "2 &lt;s")])
def test_one_and_many_are_told_apart(app, number, said):
    with app.test_request_context(), in_language("en"):
        assert say(app, "{{ ngettext('%(num)s %(x)s', '%(num)s %(x)ss', number, x='<') }}", number=number) == said


def test_what_no_catalogue_knows_is_not_kept(app):
    with app.test_request_context(), in_language("de"):
        assert say(app, "{{ _(word) }}", word="never seen before") == "never seen before"
        assert all("never seen before" not in table for table in flask.current_app.extensions["sentences"].values())
