"""What a superuser of the database does past the program, and what `lumbung verify` then names."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from lumbung.core.log import verification
from lumbung.modules.action_plan.tests import enacted as given

Attack = Callable[[], object]


def faults(*, but: str = "-") -> list[str]:
    """What does not fit, but for names that begin so: what a test has done past the program itself."""
    return [fault.where for fault in verification.verify().faults if not fault.where.startswith(but)]


def found(attack: Attack, *, but: str = "-") -> list[str]:
    """What is found after an attack by a superuser of the database, which is then undone."""
    tables = [name for name in connection.introspection.table_names() if name.startswith("action_plan_")]
    with transaction.atomic():
        with given.superuser(*tables):
            attack()
        where = faults(but=but)
        transaction.set_rollback(True)
    return where


def changed(row: Any, **facts: object) -> Attack:
    """The row says something else."""
    return lambda: type(row).objects.filter(pk=row.pk).update(**facts)


def taken(row: Any) -> Attack:
    """The row is gone."""
    return lambda: type(row).objects.filter(pk=row.pk).delete()


def copied(row: Any, **more: object) -> Attack:
    """Another row like it, which no event tells of."""

    def attack() -> None:
        again = type(row).objects.get(pk=row.pk)
        again.pk = uuid.uuid4() if isinstance(row.pk, uuid.UUID) else None
        for name, value in more.items():
            setattr(again, name, value)
        type(row).objects.bulk_create([again])

    return attack
