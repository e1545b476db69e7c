"""What the city knows and what people said: evidence of need, workshops, ideas."""
