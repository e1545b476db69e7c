"""Everything that brings news to those who follow, put together."""

from incubator.follow import routes_calendar, routes_feeds, routes_mail, routes_push

blueprints = (routes_feeds.bp, routes_calendar.bp, routes_mail.bp, routes_push.bp, routes_push.worker)
