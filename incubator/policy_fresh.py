"""What weighs so much that whoever does it has just proved, within minutes, that it is they."""

from incubator.policy import Act

# Decisions, money, who may come in and as what, and what opens or hands over an account.
FRESH = frozenset({
    Act.GUARD_OWN_ACCOUNT, Act.MAKE_KEY, Act.COPY_OWN_DATA, Act.INVITE, Act.MANAGE_PEOPLE, Act.ERASE_PEOPLE,
    Act.MOVE_ROUNDS,
    Act.APPROVE_BUDGET, Act.APPROVE_CHANGE, Act.DECIDE_CHANGE, Act.ACCEPT_MILESTONE, Act.REVIEW_REPORT,
    Act.RECORD_RESOLUTION, Act.REVOKE_AWARD, Act.NAME_DEPUTY, Act.MANAGE_PANEL, Act.SEE_MINUTES,
    Act.CONFIRM_FUNDS, Act.PAY_FUNDS, Act.KEEP_BANK_DATA, Act.SETTLE_RECOVERY,
})

# Any one proof is enough, also of those who have a second one: it may be on the phone that was lost.
ONE_PROOF = frozenset({Act.END_SIGN_INS})
