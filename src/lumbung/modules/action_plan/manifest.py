"""What the action plan gives to the house."""

import dataclasses

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import (
    Claim,
    EventType,
    Feed,
    FilePurpose,
    Manifest,
    NavigationItem,
    NoticeTopic,
    Role,
    SearchKind,
    Verb,
)
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import evidence as evidence_actions
from lumbung.modules.action_plan.actions.answer_telling import ANSWERS
from lumbung.modules.action_plan.actions.intake_telling import TOPIC
from lumbung.modules.action_plan.actions.telling import WORK
from lumbung.modules.action_plan.events import (
    addresses,
    commenting,
    consultation,
    drafting,
    enactment,
    hiding,
    ideas,
    intake,
    invitations,
    legal,
    meetings,
    monitoring,
    partnerships,
    plans,
    remarks,
    seats,
    stages,
    submission,
    withdrawal,
)
from lumbung.modules.action_plan.jobs import monitoring as monitoring_jobs
from lumbung.modules.action_plan.jobs import telling as telling_jobs
from lumbung.modules.action_plan.jobs import upgrading as upgrading_jobs
from lumbung.modules.action_plan.models.followers import FOLLOW
from lumbung.modules.action_plan.queries import (
    claims,
    evidence,
    papers,
    publishing,
    remote_figures,
    remote_plans,
    testimonies,
)
from lumbung.modules.action_plan.queries.words import WORDS

EVENTS = (
    EventType(plans.PlanLoaded, _("The action plan was loaded with %(commitments)s commitments")),
    EventType(stages.PlanBegun, _("Work on a new action plan began")),
    EventType(stages.RoadmapPublished, _("The roadmap of %(track)s was published")),
    EventType(stages.StagePassed, _("A stage was passed: %(stage)s (%(track)s)")),
    EventType(stages.MemberAgreed, _("%(member)s agreed to leave the stage %(stage)s that all members pass together")),
    EventType(stages.ExceptionAsked, _("An exception was asked for the stage %(stage)s (%(track)s)")),
    EventType(
        stages.ExceptionDecided, _("A second person decided on the exception for the stage %(stage)s (%(track)s)")
    ),
    EventType(drafting.DraftBegun, _("A draft was begun: %(draft)s")),
    EventType(drafting.DraftSaved, _("Version %(version)s of the draft %(draft)s was saved")),
    EventType(drafting.DraftsFrozen, _("The drafts of %(member)s were frozen as version %(number)s")),
    EventType(ideas.IdeaSent, _("The idea %(number)s was received")),
    EventType(ideas.IdeaMerged, _("The idea %(number)s was merged into %(into)s")),
    EventType(ideas.IdeaSplit, _("The idea %(number)s was split into several")),
    EventType(ideas.IdeaAdopted, _("The idea %(number)s was adopted in the draft %(draft)s")),
    EventType(ideas.IdeaDeclined, _("The idea %(number)s was not taken up; the reason stands on its page")),
    EventType(intake.WordsCleared, _("%(number)s was cleared for the public")),
    EventType(intake.PublicWordsChanged, _("Other parts of %(number)s are left out for the public now")),
    EventType(intake.WordsHidden, _("%(number)s was hidden, with a reason")),
    EventType(
        consultation.ConsultationOpened,
        _("A public test was announced (%(member)s), from %(opens_on)s to %(closes_on)s"),
    ),
    EventType(consultation.CommentSent, _("The comment %(number)s was received")),
    EventType(
        consultation.ConsultationProlonged,
        _("The public test of %(member)s stays open until %(closes_on)s instead of %(before_on)s, with a reason"),
    ),
    EventType(consultation.CommentsAnswered, _("Comments on the draft were answered, with a reason")),
    EventType(consultation.AnswerCorrected, _("A published answer was corrected, with a reason")),
    EventType(drafting.DraftWithdrawn, _("The draft %(draft)s was withdrawn")),
    EventType(drafting.DraftsReordered, _("The commitments of %(member)s were put into another order")),
    EventType(drafting.DraftsImported, _("Drafts were taken over from a file (%(source)s)")),
    EventType(commenting.DraftCommented, _("A member of the forum commented on the draft %(draft)s (%(number)s)")),
    EventType(legal.LegalProductAdded, _("A legal product was registered as a draft")),
    EventType(legal.LegalProductEnacted, _("Enacted under number %(number)s, dated %(dated_on)s")),
    EventType(legal.LegalProductPromulgated, _("Promulgated in %(gazette)s on %(promulgated_on)s")),
    EventType(legal.LegalDocumentKept, _("The signed document was kept; its hash is %(sha256)s")),
    EventType(seats.SeatAsked, _("An institution asked to join the forum of %(member)s")),
    EventType(seats.SeatTaken, _("An institution holds a seat in the forum of %(member)s since %(since)s")),
    EventType(seats.SeatDeclined, _("An institution was not admitted to the forum of %(member)s, with a reason")),
    EventType(seats.SeatEnded, _("An institution left the forum of %(member)s on %(until)s")),
    EventType(seats.MonitorContactSaid, _("The contact of the monitoring body of %(member)s was said")),
    EventType(meetings.MeetingPlanned, _("A meeting was planned for %(starts_on)s")),
    EventType(meetings.MeetingMoved, _("The meeting was moved from %(before_on)s to %(starts_on)s")),
    EventType(meetings.MeetingCorrected, _("What was announced of the meeting was corrected")),
    EventType(meetings.MeetingInvited, _("The invitation went out %(days_before)s days before the meeting")),
    EventType(meetings.MaterialShared, _("Material for the meeting was shared with everybody")),
    EventType(
        meetings.MeetingHeld,
        _("The meeting was held: %(institutions)s institutions, %(women)s women and %(men)s men"),
    ),
    EventType(meetings.MeetingCancelled, _("The meeting was cancelled, with a reason")),
    EventType(partnerships.PartnershipRegistered, _("Partnership %(number)s was registered")),
    EventType(partnerships.PartnershipRealised, _("What partnership %(number)s brought on %(on)s was written down")),
    EventType(enactment.PlanEndorsed, _("An institution outside government stands behind version %(version)s")),
    EventType(enactment.PlanEnacted, _("The part of %(member)s was enacted by decree %(decree_number)s")),
    EventType(enactment.AmendmentProposed, _("An amendment of %(commitment)s was proposed: %(place)s")),
    EventType(enactment.AmendmentDeclined, _("An amendment of %(commitment)s was declined: %(place)s")),
    EventType(enactment.CommitmentAmended, _("The commitment %(commitment)s was amended: %(place)s")),
    EventType(submission.ReviewNoteWritten, _("The national secretariat wrote note %(number)s")),
    EventType(submission.ReviewNoteAnswered, _("Note %(number)s of the national secretariat was answered")),
    EventType(submission.ReviewFinished, _("The national secretariat finished its review with %(notes)s notes")),
    EventType(submission.PlanExported, _("The files for OGP were made (%(number)s)")),
    EventType(submission.PlanSubmitted, _("The plan was submitted to OGP on %(submitted_on)s")),
    EventType(submission.OgpAnswered, _("An answer of OGP was kept, received on %(received_on)s")),
    EventType(submission.PublicIdReceived, _("OGP gave the commitment %(commitment)s the id %(public_id)s")),
    *hiding.TYPES,
    *monitoring.TYPES,
    *remarks.TYPES,
    *withdrawal.TYPES,
    *invitations.TYPES,
    *addresses.TYPES,
)

SEARCH_KINDS = (
    SearchKind("idea", _("Idea"), "action_plan:idea", "action_plan:idea-work", permissions.CONSULT),
    SearchKind("comment", _("Comment"), "action_plan:comment", "action_plan:comment", permissions.CONSULT),
    SearchKind("remark", _("Remark"), "action_plan:remark", "action_plan:remark", permissions.CONSULT),
    SearchKind("commitment", _("Commitment"), "action_plan:commitment", "action_plan:commitment", permissions.DESK),
)

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
    notices=(
        NoticeTopic(TOPIC, _("ideas and comments that wait to be cleared")),
        NoticeTopic(WORK.key, _("commitments your institution carries out or monitors")),
        NoticeTopic(ANSWERS, _("the answer to a comment you sent")),
        NoticeTopic(FOLLOW, _("an action plan or a commitment you follow")),
    ),
    events=tuple(dataclasses.replace(each, words=WORDS) for each in EVENTS),
    claims=(
        Claim(plans.PlanLoaded.key, ("plan",), claims.of_loaded_plan, renewed=True, there=claims.loaded_plans),
        Claim(enactment.PlanEnacted.key, ("plan", "member"), claims.of_enactment, there=claims.enacted_parts),
    ),
    testimonies=testimonies.TESTIMONIES,
    search_kinds=SEARCH_KINDS,
    feeds=(
        Feed(publishing.FEED, publishing.feed_items, remote_plans.is_readable, publishing.why_gone),
        Feed(
            publishing.FIGURES,
            publishing.figure_items,
            remote_figures.is_readable,
            publishing.why_figure_gone,
            _("Figures of commitments"),
            publishing.called,
        ),
    ),
    jobs=(*monitoring_jobs.JOBS, *telling_jobs.JOBS, *upgrading_jobs.JOBS),
    reactions=(*monitoring_jobs.REACTIONS, *telling_jobs.REACTIONS),
    file_purposes=(
        FilePurpose(papers.PAPER, papers.may_see_paper, papers.papers_in_use),
        FilePurpose(
            evidence.EVIDENCE, evidence.may_see_document, evidence.documents_in_use, evidence_actions.note_document
        ),
    ),
)
