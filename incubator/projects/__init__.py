"""The project, its team, and its path from draft to completed."""
