"""The pages of milestones and news."""

from incubator.milestones.routes_updates import bp

blueprints = (bp,)
