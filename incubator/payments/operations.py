"""All that can be done with a project's money; each verb stands in the file of its kind."""

from incubator.payments.operations_bank import keep, turn_keys
from incubator.payments.operations_payments import correct_payment, drop_order, order, pay, pay_order, receive_back
from incubator.payments.operations_requests import (
    ask,
    confirm,
    declare_conflict,
    free_revoked,
    keep_earned,
    let_go,
    refuse,
    withdraw,
)

__all__ = [
    "ask", "confirm", "correct_payment", "declare_conflict", "drop_order", "free_revoked", "keep", "keep_earned",
    "let_go", "order", "pay", "pay_order", "receive_back", "refuse", "turn_keys", "withdraw",
]
