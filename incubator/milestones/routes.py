"""The pages of milestones and news."""

from incubator.milestones.routes_review import bp

blueprints = (bp,)
