"""What can be done with accounts; each kind of deed has its own file."""

from incubator.accounts.operations_links import accept_invitation, reset, use_link
from incubator.accounts.operations_people import (
    add_person,
    change_account,
    change_password,
    close_account,
    grant_role,
    reopen_account,
    withdraw_role,
)
from incubator.accounts.operations_sign_in import (
    end_all,
    end_others,
    forget_old,
    note_use,
    revoke,
    sign_in,
    sign_out,
    start,
)
from incubator.accounts.operations_tickets import (
    ask_for_link,
    ask_for_reset,
    end_tickets,
    forget_old_tickets,
    invite,
    withdraw_invitation,
    write_asked,
)

__all__ = [
    "accept_invitation", "add_person", "ask_for_link", "ask_for_reset", "change_account", "change_password",
    "close_account", "end_all", "end_others", "end_tickets", "forget_old", "forget_old_tickets", "grant_role",
    "invite", "note_use", "reopen_account", "reset", "revoke", "sign_in", "sign_out", "start", "use_link",
    "withdraw_invitation", "withdraw_role", "write_asked",
]
