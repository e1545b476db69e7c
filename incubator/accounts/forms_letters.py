"""What is asked about letters."""

from incubator.foundation.fields import ChoiceField, Required
from incubator.foundation.forms import ActForm
from incubator.letters.models import Wish
from incubator.letters.topics import Topic


def _wish(topic: Topic) -> ChoiceField:
    return ChoiceField(
        topic.label, [Required()], choices=Wish, radio=True, default=Wish.NOW, description=topic.example)


class LettersForm(ActForm):
    """One question for each topic; the page leaves out what does not concern somebody."""

    steps = _wish(Topic.STEPS)
    news = _wish(Topic.NEWS)
    money = _wish(Topic.MONEY)
    mentoring = _wish(Topic.MENTORING)
    questions = _wish(Topic.QUESTIONS)
    reminders = _wish(Topic.REMINDERS)
