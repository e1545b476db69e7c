"""Live boards of workshops: cards from many phones, grouped, marked, and turned into ideas."""
