"""Passwords in tests: the same kind of hash at its smallest price. The real price is in site/tests/test_settings.py."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 that takes no time: a test signs dozens of people in, and none of them is in danger."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
