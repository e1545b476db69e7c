"""What the house and the program in it call the same."""

NO_ROOM = "fault-no-room"
PROGRAM = "tests.faults.wsgi:app"
