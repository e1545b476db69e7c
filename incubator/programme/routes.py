"""The pages of the programme for the office."""

from incubator.programme import routes_city
from incubator.programme.routes_next import bp

blueprints = (bp, routes_city.bp)
