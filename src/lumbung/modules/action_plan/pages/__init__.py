"""The public pages of a plan."""

from lumbung.modules.action_plan.pages.public import commitment, plan, plan_file, plan_json

__all__ = ["commitment", "plan", "plan_file", "plan_json"]
