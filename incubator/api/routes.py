"""The rooms' addresses: those for programs, a person's keys, and the page that explains it all."""

from incubator.api.routes_description import bp
from incubator.api.routes_keys import bp as keys
from incubator.api.routes_page import bp as developers

blueprints = (bp, keys, developers)
