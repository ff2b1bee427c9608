"""What the action plan gives to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, FilePurpose, Manifest, NavigationItem, NoticeTopic, Role, Verb
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import evidence as evidence_actions
from lumbung.modules.action_plan.events import drafting, monitoring, plans, stages
from lumbung.modules.action_plan.jobs import monitoring as monitoring_jobs
from lumbung.modules.action_plan.models.followers import FOLLOW
from lumbung.modules.action_plan.queries import evidence

MANIFEST = Manifest(
    name="action_plan",
    title=_("Action plan"),
    verbs=(
        Verb(permissions.DESK, _("See the desk of the action plan")),
        Verb(permissions.MANAGE, _("Lead an action plan through its stages")),
        Verb(permissions.DRAFT, _("Write drafts of the action plan")),
        Verb(permissions.CONSULT, _("Enter and answer ideas and comments")),
        Verb(permissions.APPROVE, _("Approve for the forum")),
        Verb(permissions.ENACT, _("Enact the action plan")),
        Verb(permissions.REPORT, _("Report on commitments")),
        Verb(permissions.APPROVE_REPORT, _("Approve reports on commitments")),
        Verb(permissions.CONTRIBUTE, _("Contribute as a member of the forum")),
        Verb(permissions.ASSESS, _("Assess commitments independently")),
        Verb(permissions.REVIEW, _("Review a plan before its submission")),
    ),
    roles=(
        Role(
            "plan_secretariat",
            _("Secretariat of the action plan"),
            "portal",
            (permissions.DESK, permissions.MANAGE, permissions.DRAFT, permissions.CONSULT),
            personal_data="sees",
        ),
        Role("plan_chair", _("Chair of the forum"), "portal", (permissions.DESK, permissions.APPROVE)),
        Role("head_of_region", _("Head of region"), "portal", (permissions.DESK, permissions.ENACT)),
        Role("plan_facilitator", _("Facilitator"), "portal", (permissions.DESK, permissions.DRAFT)),
        Role("plan_officer", _("Officer for a commitment"), "organisation", (permissions.DESK, permissions.REPORT)),
        Role(
            "plan_agency_head",
            _("Head of an agency with commitments"),
            "organisation",
            (permissions.DESK, permissions.APPROVE_REPORT),
        ),
        Role("forum_member", _("Member of the forum"), "organisation", (permissions.DESK, permissions.CONTRIBUTE)),
        Role("plan_monitor", _("Independent monitoring body"), "organisation", (permissions.DESK, permissions.ASSESS)),
        Role(
            "national_secretariat",
            _("National secretariat"),
            "installation",
            (permissions.DESK, permissions.REVIEW),
        ),
    ),
    navigation=(
        NavigationItem(_("Action plan"), "action_plan:plan", position=70),
        NavigationItem(_("Desk of the action plan"), "action_plan:desk", audience=permissions.DESK, position=75),
    ),
    events=(
        EventType(plans.PlanLoaded, _("The action plan was loaded with %(commitments)s commitments")),
        EventType(stages.PlanBegun, _("Work on a new action plan began")),
        EventType(stages.RoadmapPublished, _("The roadmap was published")),
        EventType(stages.StagePassed, _("A stage was passed: %(stage)s (%(track)s)")),
        EventType(stages.ExceptionAsked, _("An exception was asked for the stage %(stage)s (%(track)s)")),
        EventType(
            stages.ExceptionDecided, _("A second person decided on the exception for the stage %(stage)s (%(track)s)")
        ),
        EventType(drafting.DraftBegun, _("A draft was begun: %(draft)s")),
        EventType(drafting.DraftSaved, _("Version %(version)s of the draft %(draft)s was saved")),
        EventType(drafting.DraftsFrozen, _("The drafts of %(member)s were frozen as version %(number)s")),
        *monitoring.TYPES,
    ),
    jobs=monitoring_jobs.JOBS,
    reactions=monitoring_jobs.REACTIONS,
    file_purposes=(
        FilePurpose(
            evidence.EVIDENCE, evidence.may_see_document, evidence.documents_in_use, evidence_actions.note_document
        ),
    ),
    notices=(NoticeTopic(FOLLOW, _("an action plan or a commitment you follow")),),
)
