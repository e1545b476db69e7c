"""The demo city: fictional people who live through a whole round, and the public facts of the real programme."""
