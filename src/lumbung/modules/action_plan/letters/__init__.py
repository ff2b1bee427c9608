"""What notices about the action plan say, by noun."""

from lumbung.modules.action_plan.letters import seats

__all__ = ["seats"]
