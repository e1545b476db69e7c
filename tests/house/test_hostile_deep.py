"""A hundred thousand inputs that nobody should send, dealt out over every form at every time: `-m endurance`."""

import random

import pytest
from argon2 import PasswordHasher

from incubator.accounts import passwords
from tests.house.hostile import LONG, VALUES
from tests.house.siege import HOME_OF, HOMES, Siege, entries, places, send, world_in
from tests.house.test_hostile import _wrong, drawn_at
from tests.scale import scaled, told

INPUTS = 100_000
SIGNS = ("\x00\x01\t\n\r\x1b\x7f\x85\u200b\u200d\u202e\u2066\u2028\ufeff\ufffd\U0001f469\u0301٣½"
         "<>\"'&%{}$()=;\\/#?:@_-.,0129aZäßم")
EVERYTHING = [value for kind, values in VALUES.items() if kind != "file" for value in values]
SHAPES = ("known", "known", "known", "noise", "many", "list", "gone", "long")


def _value(chance, was):
    """Something known to hurt, noise, signs strewn into what was sensible, several for one, or nothing."""
    shape = chance.choice(SHAPES)
    if shape == "known":
        return chance.choice(EVERYTHING)
    if shape == "noise":
        return "".join(chance.choices(SIGNS, k=chance.randint(1, 60)))
    if shape == "many" and isinstance(was, str):
        place = chance.randint(0, len(was))
        return was[:place] + "".join(chance.choices(SIGNS, k=3)) + was[place:]
    if shape == "list":
        return chance.choices(EVERYTHING, k=chance.randint(2, 5))
    return LONG[:20_000] if shape == "long" and chance.random() < 0.05 else None


def _sent(chance, form):
    sent = dict(form.base)
    names = [name for name, kind in form.kinds.items() if kind != "file"]
    for name in chance.sample(names, min(len(names), chance.randint(1, 4))):
        sent[name] = _value(chance, sent.get(name))
    return sent


def _forms(siege, app, home):
    return [(who, form) for _, _, who, forms in drawn_at(siege, app, home) for form in forms if form.kinds]


def _share(app, home):
    """Return how many of all inputs this home gets: as many as of all forms are drawn at its time."""
    rules = [rule for rule in places(app, "POST") if "GET" in rule.methods]
    mine = sum(1 for rule in rules if HOME_OF.get(rule.endpoint, "active") == home)
    return round(INPUTS * mine / len(rules))


@pytest.mark.endurance
@pytest.mark.parametrize("home", HOMES)
def test_nothing_that_is_sent_breaks_a_form(app, make, tmp_path, monkeypatch, home):
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    siege, chance = Siege(app, world_in(home, make), tmp_path), random.Random(home)
    forms, wrong, number = _forms(siege, app, home), [], 0
    wanted = scaled(_share(app, home), len(forms))
    while number < wanted:
        who, form = forms[number % len(forms)]
        sent, before = _sent(chance, form), entries()
        answer = send(siege.as_(who), "POST", form.action, data=sent)
        number += 1
        if problem := _wrong(form, sent, answer, before):
            wrong.append(f"{form.action} ({who}) {form.button or ''} {sent!a}: {problem}"[:900])
        if getattr(answer, "status", 500) not in range(400, 500):
            siege.put_back()
    told(f"{number} inputs to {len(forms)} forms ({home}): {len(wrong)} wrong")
    assert wrong == [], "\n" + "\n".join(wrong[:40])
