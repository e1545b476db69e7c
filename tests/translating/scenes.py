"""What tests of translating need: somebody who translates, and a form's version."""

from incubator.foundation.transaction import transaction
from incubator.translating import operations, queries_thing
from incubator.translating.queries_thing import Thing


def thing_of(row):
    return Thing(row.__tablename__, row)


def done(operation, row, code, by, **texts):
    """Carry out an operation as a form would: with the version it was drawn from."""
    thing = thing_of(row)
    version = queries_thing.version(queries_thing.pieces(thing, code))
    with transaction():
        if operation in (operations.review, operations.send_back, operations.publish, operations.withdraw):
            operation(thing, code, by, version)
        else:
            operation(thing, code, by, version, texts)


def standings(row, code):
    return {each.name: each.standing.value for each in queries_thing.pieces(thing_of(row), code)}
