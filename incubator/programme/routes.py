"""The pages of the programme for the office."""

from incubator.programme.routes_facts import bp

blueprints = (bp,)
