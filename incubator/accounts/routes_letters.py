"""What somebody with an account hears."""

import flask
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts import operations_letters, rules_letters
from incubator.accounts.forms_letters import LettersForm
from incubator.accounts.routes_frame import bp
from incubator.foundation.forms import me, page
from incubator.letters import queries as letters
from incubator.letters.topics import Topic
from incubator.policy import Act


@bp.route("/desk/me/letters", methods=["GET", "POST"], endpoint="letters")
@guard(Act.KEEP_OWN_ACCOUNT)
def choose_letters():
    person = me()
    chosen = letters.wishes(person.id)
    topics = rules_letters.topics_for(person.roles, {*chosen, *letters.topics_heard(person.id)})
    form = LettersForm(data=chosen)
    for topic in set(Topic).difference(topics):
        del form[topic.value]
    if form.submitted() and form.carry_out(operations_letters.choose_letters, person, person, **form.values()):
        flask.flash(_("Saved."))
        return flask.redirect(flask.url_for("accounts.letters"), 303)
    return page("accounts/letters.html", form, person=person, topics=topics)
