"""What happens, and what a partner's system has heard of it."""

import base64
import json

from incubator.dispatch import operations as dispatch
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal import record

SECRET = "whsec_" + base64.b64encode(b"k" * 24).decode()


def happens(action, subject, /, **data):
    with transaction():
        record(action, None, subject, **data)
    journal.deliver()


def sent(there):
    while dispatch.post():
        pass
    return [json.loads(each) for each in there.bodies]


def published(make, project, **more):
    update = make.update(project, title="Der Herd steht", **more)
    happens("update.published", update)
    return update
