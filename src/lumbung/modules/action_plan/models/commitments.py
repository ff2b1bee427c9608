"""What was promised: a commitment, its institutions, milestones and facts."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan.models.plans import Plan, PlanMember
from lumbung.modules.action_plan.models.scales import Term
from lumbung.modules.action_plan.models.words import in_language


class Commitment(models.Model):
    """One promise of one member. What public sources do not tell stays empty, and the page says so."""

    slug = models.SlugField(primary_key=True, max_length=60)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="commitments")
    member = models.ForeignKey(PlanMember, on_delete=models.CASCADE, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    public_id = models.CharField(max_length=12, blank=True)
    # Its address at OGP, once it has one.
    public_url = models.URLField(max_length=300, blank=True)
    id_note_id = models.CharField(max_length=300, blank=True)
    id_note_en = models.CharField(max_length=300, blank=True)
    title_id = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    title_source = models.CharField(max_length=300)
    short_id = models.CharField(max_length=60)
    short_en = models.CharField(max_length=60)
    problem_id = models.TextField(max_length=4_000, blank=True)
    problem_en = models.TextField(max_length=4_000, blank=True)
    problem_source = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    dates_source = models.CharField(max_length=300, blank=True)
    measure_id = models.CharField(max_length=300)
    measure_en = models.CharField(max_length=300)
    values = models.ManyToManyField(Term, related_name="+")
    # Numbers of Sustainable Development Goals, and indicators whose service does not run here yet.
    goals = models.JSONField(default=list)
    awaited_indicators = models.JSONField(default=list)
    # The independent body's coding at the start of the plan; null where public sources do not tell.
    is_verifiable = models.BooleanField(null=True)
    is_relevant = models.BooleanField(null=True)
    novelty = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, related_name="+")
    ambition = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, related_name="+")
    inception_source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["member__position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["member", "number"], name="commitment_number_is_given_once_a_member"),
            models.UniqueConstraint(fields=["public_id"], condition=~Q(public_id=""), name="public_id_is_given_once"),
            models.CheckConstraint(
                condition=~Q(public_id="") | ~Q(id_note_id=""), name="commitment_without_id_says_why"
            ),
            models.CheckConstraint(condition=~Q(title_source=""), name="title_names_its_source"),
            models.CheckConstraint(condition=Q(problem_id="") | ~Q(problem_source=""), name="problem_names_its_source"),
            models.CheckConstraint(
                condition=(Q(starts_on__isnull=True) & Q(ends_on__isnull=True))
                | (Q(ends_on__gt=F("starts_on")) & ~Q(dates_source="")),
                name="commitment_ends_after_it_begins_and_names_its_source",
            ),
            models.CheckConstraint(
                condition=Q(ambition__isnull=True) | ~Q(inception_source=""), name="assessment_names_its_source"
            ),
        ]

    def __str__(self) -> str:
        return self.short

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def short(self) -> str:
        return in_language(self, "short")

    @property
    def problem(self) -> str:
        return in_language(self, "problem")

    @property
    def id_note(self) -> str:
        return in_language(self, "id_note")

    @property
    def measure(self) -> str:
        return in_language(self, "measure")

    @property
    def carriers(self) -> list["Institution"]:
        """Who carries it now: as enacted, or as amended since. `institutions` is what was enacted."""
        told = self.amended_to("institutions")
        if told is None:
            return list(self.institutions.all())
        known = Organisation.objects.in_bulk([each["code"] for each in told])
        return [
            Institution(commitment=self, organisation=known[each["code"]], role=each["role"], position=place)
            for place, each in enumerate(told)
        ]

    @property
    def carrying(self) -> set[str]:
        """Codes of whoever carries it or one of its milestones now."""
        steps = [(step, self.amended_to(f"milestones/{step.number}/owner")) for step in self.open_milestones]
        owners = {step.owner_id if told is None else told for step, told in steps}
        return {each.organisation_id for each in self.carriers} | {str(code) for code in owners if code}

    @property
    def open_milestones(self) -> list["Milestone"]:
        """Enacted or added, and not closed by an amendment since."""
        return [step for step in self.milestones.all() if self.amended_to(f"milestones/{step.number}") != ""]

    @property
    def closed_milestones(self) -> list["Milestone"]:
        """Those an amendment closed: they stay readable with its reason."""
        return [step for step in self.milestones.all() if self.amended_to(f"milestones/{step.number}") == ""]

    @property
    def ogp_values(self) -> list[Term]:
        """The OGP values it stands for now; `values` are those that were enacted."""
        told = self.amended_to("values")
        if told is None:
            return list(self.values.all())
        return list(Term.objects.filter(scale=Term.Scale.OGP_VALUE, key__in=told))

    def amended_to(self, place: str) -> Any:
        """What the newest approved amendment of a place says; None where there is none."""
        if self.plan.origin == Plan.Origin.LOADED:  # one taken from public sources is never amended here
            return None
        approved = [each for each in self.amendments.all() if each.place == place and each.state == "approved"]
        return approved[-1].new if approved else None


class Institution(models.Model):
    """Who carries a commitment, and in which role."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Institution in charge")
        GOVERNMENT = "government", _("Supporting institution")
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        BUSINESS = "business", _("Business")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="institutions")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "organisation"], name="institution_has_one_role"),
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(role="lead"), name="commitment_has_one_institution_in_charge"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.role}"


class Milestone(models.Model):
    """A step towards a commitment, due on a day."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    title_id = models.TextField(max_length=4_000)
    title_en = models.TextField(max_length=4_000)
    output_id = models.TextField(max_length=4_000)
    output_en = models.TextField(max_length=4_000)
    verification_id = models.TextField(max_length=4_000, blank=True)
    verification_en = models.TextField(max_length=4_000, blank=True)
    owner = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    is_illustrative = models.BooleanField()
    # The amendment that added it; empty: it was enacted. What it says is told by the amendments (`queries/amendments`).
    added_by = models.ForeignKey(
        "action_plan.Amendment", on_delete=models.PROTECT, null=True, blank=True, related_name="milestones_added"
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="milestone_number_is_given_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def output(self) -> str:
        return in_language(self, "output")

    @property
    def verification(self) -> str:
        return in_language(self, "verification")


class CommitmentFact(models.Model):
    """One thing known about where a commitment started or what was found since, with its source."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", _("Baseline")
        FINDING = "finding", _("Finding")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField(null=True, blank=True)
    text_id = models.TextField(max_length=4_000)
    text_en = models.TextField(max_length=4_000)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unit = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="fact_names_its_source")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self, "text")
