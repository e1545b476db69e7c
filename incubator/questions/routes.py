"""Everything about questions and offers, put together."""

from incubator.questions import routes_answers, routes_barriers, routes_moderation, routes_public

blueprints = (routes_public.bp, routes_moderation.bp, routes_answers.bp, routes_barriers.bp)
