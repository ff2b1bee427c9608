"""The registers for everybody: legal products, partnerships."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lumbung.core.access.policies import public
from lumbung.modules.action_plan.pages.places import written_plan_here
from lumbung.modules.action_plan.queries import legal as legal_register
from lumbung.modules.action_plan.queries import partnerships as partnership_register


@public()
def legal(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Decrees and regulations that carry the plan, each with its paper and the hash of it."""
    plan = written_plan_here(request, plan_key)
    products = legal_register.legal_products(plan)
    return render(request, "action_plan/legal.html", {"plan": plan, "products": products})


@public()
def partnerships(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Agreements with others, what each side owes, and what came of them."""
    plan = written_plan_here(request, plan_key)
    found = partnership_register.partnerships_of(plan)
    return render(request, "action_plan/partnerships.html", {"plan": plan, "partnerships": found})
