from django.apps import AppConfig


class ActionPlanConfig(AppConfig):
    name = "lumbung.modules.action_plan"
    label = "action_plan"
