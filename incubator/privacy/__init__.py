"""What is kept about people, why and how long; what they may have of it, and how it goes."""
