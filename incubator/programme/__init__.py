"""Rounds with their dates, settings and facts; themes; districts."""
