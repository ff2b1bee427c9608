"""Addresses of drafts, under the plan: `susun/` for everybody, `kelola/` for those who write."""

from django.urls import path

from lumbung.modules.action_plan.pages import draft_form, draft_texts, drafts, importing

ONE = "susun/<slug:plan_key>/draf/<slug:draft>/"
FROZEN = "susun/<slug:plan_key>/draf-beku/<slug:track>/<int:frozen_number>/"
DESK = "kelola/<slug:plan_key>/draf/"

urlpatterns = [
    path("susun/<slug:plan_key>/draf/", draft_texts.public_drafts, name="public-drafts"),
    path("susun/<slug:plan_key>/draf.json", draft_texts.record, name="drafted-record"),
    path(ONE, draft_texts.public_draft, name="public-draft"),
    path(f"{ONE}versi/", draft_texts.versions, name="draft-versions"),
    path(f"{ONE}versi/<int:version>/", draft_texts.public_version, name="public-version"),
    path(f"{ONE}versi/<int:version>/masukan/", draft_texts.comment_draft, name="comment-draft"),
    path(f"{ONE}versi/<int:version>/banding/<int:newer>/", draft_texts.differences, name="draft-differences"),
    path(FROZEN, draft_texts.frozen, name="frozen"),
    path(f"{FROZEN}banding/<int:newer>/", draft_texts.frozen_differences, name="frozen-differences"),
    path("kelola/<slug:plan_key>/impor/", importing.import_drafts, name="import"),
    path(DESK, drafts.draft_list, name="drafts"),
    path(f"{DESK}<slug:track>/mulai/", drafts.begin_draft, name="draft-begin"),
    path(f"{DESK}<slug:track>/bekukan/", drafts.freeze_drafts, name="draft-freeze"),
    path(f"{DESK}<slug:draft>/", draft_form.edit_draft, name="draft-edit"),
    path(f"{DESK}<slug:draft>/tarik/", drafts.withdraw_draft, name="draft-withdraw"),
    path(f"{DESK}<slug:draft>/urutan/", drafts.move_draft, name="draft-move"),
]
