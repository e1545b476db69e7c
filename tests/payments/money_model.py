"""The money of one project as plain numbers: the same rules written a second time, without a database."""

from dataclasses import dataclass, field

AWARD, PARTS = 5_000_00, (2_500_00, 2_000_00, 500_00)
ASKING = {"active", "reporting", "completed"}
PAYING = ASKING | {"report_submitted"}
WORKING = {"active", "suspended", "reporting", "report_submitted"}


@dataclass
class Asked:
    """One request."""

    cents: int
    state: str = "asked"
    factual: str | None = None
    arithmetic: str | None = None
    order: int | None = None


@dataclass
class Money:
    """What must be true; every method says whether the act is possible, and does it."""

    status: str = "active"
    late: bool = False
    gate: bool = False
    committed: int = AWARD
    returned: int = 0
    asked: dict[int, Asked] = field(default_factory=dict)
    spent: dict[int, dict[int, int]] = field(default_factory=dict)
    proved: dict[int, dict[int, int]] = field(default_factory=dict)

    def total(self, *states):
        return sum(each.cents for each in self.asked.values() if each.state in states)

    @property
    def requested(self):
        return self.total("asked", "confirmed", "ordered")

    @property
    def paid(self):
        return self.total("paid")

    def open_cents(self):
        if self.status in ("completed", "recovery"):
            return self.committed
        opened = PARTS[0] + (PARTS[1] if self.gate and self.status in WORKING else 0)
        return min(opened, self.committed)

    def ask(self, number, cents):
        if self.status not in ASKING or self.late:
            return False
        if not 0 < cents <= self.open_cents() - self.paid - self.requested:
            return False
        self.asked[number] = Asked(cents)
        return True

    def confirm(self, number, who, what):
        one = self.asked[number]
        if one.state != "asked" or who == "lead" or getattr(one, what) or who in (one.factual, one.arithmetic):
            return False
        setattr(one, what, who)
        if one.factual and one.arithmetic:
            one.state = "confirmed"
        return True

    def end(self, number, state):
        one = self.asked[number]
        if one.state not in ("asked", "confirmed"):
            return False
        one.state = state
        return True

    def order(self, numbers, order):
        chosen = [self.asked[number] for number in numbers]
        if not chosen or self.status not in PAYING or self.late or any(one.state != "confirmed" for one in chosen):
            return False
        for one in chosen:
            one.state, one.order = "ordered", order
        return True

    def drop(self, order):
        inside = [one for one in self.asked.values() if one.order == order]
        if not inside or any(one.state != "ordered" for one in inside):
            return False
        for one in inside:
            one.state, one.order = "confirmed", None
        self.let_go()
        return True

    def pay(self, number):
        one = self.asked[number]
        stopped = self.status not in PAYING or self.late
        if one.state != "ordered" and (one.state != "confirmed" or stopped):
            return False
        one.state = "paid"
        return True

    def correct(self, number):
        one = self.asked[number]
        if one.state != "paid" or self.paid - one.cents < self.returned:
            return False
        one.state, one.order = "confirmed", None
        self.let_go()
        return True

    def give_back(self, cents):
        if not 0 < cents <= self.paid - self.returned:
            return False
        self.returned += cents
        return True

    def let_go(self):
        if self.status == "revoked":
            for one in self.asked.values():
                if one.state in ("asked", "confirmed"):
                    one.state = "refused"
            self.committed = min(self.committed, self.paid + self.requested)

    def prove(self, line, entry, cents):
        spent, proved = sum(self.spent[line].values()), sum(self.proved[line].values())
        everywhere = sum(sum(each.values()) for each in self.spent.values()) - sum(
            sum(each.values()) for each in self.proved.values())
        assert proved <= spent
        if cents > everywhere:
            return False
        self.proved[line][entry] = cents
        return True
