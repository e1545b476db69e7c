"""Write news to those who follow: each piece once to each, some hundreds at a time, so that memory stays flat."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from incubator.follow import queries, queries_news, rules
from incubator.follow.models import Follower
from incubator.follow.operations import PREFIX
from incubator.follow.queries_news import Event
from incubator.foundation.database import db
from incubator.foundation.language import in_language
from incubator.letters import operations as letters
from incubator.letters.models import Letter, LetterState
from incubator.letters.operations import Draft

AT_ONCE = 500


@dataclass(frozen=True)
class Site:
    """What links in letters are made of."""

    secret: str
    base_url: str


@dataclass(frozen=True)
class Sheet:
    """A letter before it is addressed: `gap` stands where each follower's own link belongs."""

    subject: str
    text: str
    gap: str

    def to(self, follower: Any, key: str, site: Site) -> Draft:
        """Address the letter; mail programs can end it by one press of a button (RFC 8058)."""
        own = rules.token(site.secret, "manage", follower.id, follower.salt)
        return Draft(
            key=f"{PREFIX}{follower.id}:{key}", address=follower.mail, language=follower.language,
            subject=self.subject, text=self.text.replace(self.gap, own),
            headers={
                "List-Unsubscribe": f"<{site.base_url}/{follower.language}/follow/stop/{own}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def _sheet(template: str, language: str, **context: Any) -> Sheet:
    gap = secrets.token_hex(16)
    subject, text = letters.compose(template, language, token=gap, **context)
    return Sheet(subject, text, gap)


def tell(event: Event, site: Site) -> int:
    """Write one piece of news to all who want to hear of it at once, and return how many letters that were."""
    sheets: dict[str, Sheet] = {}
    told, after = 0, 0
    while followers := queries.hearing_now(event.topics, after=after, limit=AT_ONCE):
        for language in {each.language for each in followers} - sheets.keys():
            news = _in_words([event], language)[event.key]
            sheets[language] = _sheet("follow_news", language, news=news)
        letters.write_many([sheets[each.language].to(each, event.key, site) for each in followers])
        told, after = told + len(followers), followers[-1].id
    return told


def _in_words(events: Sequence[Event], language: str) -> dict[str, queries_news.News]:
    with in_language(language):
        return queries_news.in_words(events, language)


def unsay(update_id: int) -> None:
    """Keep letters about news that was withdrawn from leaving."""
    db.session.execute(
        sa.update(Letter)
        .where(Letter.key.startswith(PREFIX), Letter.key.endswith(f":{queries_news.update_key(update_id)}"),
               Letter.state.in_((LetterState.WAITING, LetterState.SENDING)))
        .values(state=LetterState.FAILED, text="", error="withdrawn"))


def tell_week(end: datetime, site: Site) -> int:
    """Write one letter with the news of the week to the next followers, to those for whom there is any.

    Return how many followers were looked at; 0 means that everybody has heard.
    """
    followers = queries.hearing_weekly(end, limit=AT_ONCE)
    if not followers:
        return 0
    start = max(min(each.told_until for each in followers), end - rules.LONGEST_LOOK_BACK)
    events = queries_news.between(start, end)
    topics = queries.topics_of([each.id for each in followers])
    sheet_of = _sheets(events)
    drafts = []
    for each in followers:
        own = tuple(event.key for event in events if event.at >= each.told_until and event.topics & topics[each.id])
        if own:
            drafts.append(sheet_of(each.language, own).to(each, f"week-{end.date().isoformat()}", site))
    letters.write_many(drafts)
    db.session.execute(
        sa.update(Follower).where(Follower.id.in_([each.id for each in followers])).values(told_until=end))
    return len(followers)


def _sheets(events: Sequence[Event]) -> Callable[[str, tuple[str, ...]], Sheet]:
    """Return a maker of digests that puts the same ones into words only once."""
    said: dict[str, dict[str, queries_news.News]] = {}
    made: dict[tuple[str, tuple[str, ...]], Sheet] = {}

    def sheet_of(language: str, keys: tuple[str, ...]) -> Sheet:
        if language not in said:
            said[language] = _in_words(events, language)
        if (language, keys) not in made:
            made[language, keys] = _sheet("follow_week", language, news=[said[language][key] for key in keys])
        return made[language, keys]

    return sheet_of
