"""Every write of the action plan."""

from lumbung.modules.action_plan.actions.loading import PLAN_2021, load_plan

__all__ = ["PLAN_2021", "load_plan"]
