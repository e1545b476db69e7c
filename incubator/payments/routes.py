"""The room's pages: what a project asks for and gets, the office that pays, and the accounts money goes to."""

from incubator.payments.routes_frame import bp

blueprints = (bp,)
