"""Everything that brings news to those who follow, put together."""

blueprints = ()
