"""Mentors: proposed, accepted, advising; their sessions and the steps agreed there."""
