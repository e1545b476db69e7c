"""The ground: knows no word of the domain and imports packages only."""
