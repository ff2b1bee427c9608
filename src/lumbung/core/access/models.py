"""Accounts, and which role each holds where."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; used by the invite action and by the library that signs people in."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in. Citizens need none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="id")
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField(default=timezone.now)
    session_epoch = models.PositiveIntegerField(default=0)
    link_epoch = models.PositiveIntegerField(default=0)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.CheckConstraint(condition=~Q(email=""), name="account_has_an_email")]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        # Counting the epoch up ends every open session of the account at its next request.
        salt = "lumbung.core.access.models.Account.session"
        return salted_hmac(salt, f"{self.session_epoch}:{self.password}", secret=secret, algorithm="sha256").hexdigest()


class Grant(models.Model):
    """A role held by an account, in an organisation or a region, from a day to a day."""

    class Standing(models.TextChoices):
        HOLDER = "holder", _("Holder of the post")
        PLT = "plt", _("Plt. (acting, post vacant)")
        PLH = "plh", _("Plh. (acting, holder absent)")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.HOLDER)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="grants_given"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="grants_revoked"
    )

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing="holder") | Q(valid_to__isnull=False), name="acting_grant_has_an_end_date"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="grant_ends_on_or_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["account", "role"], name="grant_by_account")]

    def __str__(self) -> str:
        return f"{self.account} · {self.role}"
