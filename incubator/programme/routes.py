"""The pages of the programme for the office."""

from incubator.programme import routes_city
from incubator.programme.routes_facts import bp

blueprints = (bp, routes_city.bp)
