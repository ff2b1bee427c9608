SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT … FROM action_plan_plan WHERE (action_plan_plan.origin = ? AND action_plan_plan.key = ?) ORDER BY action_plan_plan.submitted_on DESC NULLS FIRST LIMIT ?
SELECT ? AS a FROM action_plan_planmember WHERE (action_plan_planmember.plan_id = ? AND action_plan_planmember.organisation_id = ?) LIMIT ?
SELECT events_eventrecord.uid AS uid, events_eventrecord.key AS key, events_eventrecord.on AS on, events_eventrecord.body AS body, events_logleaf.index AS leaf__index FROM events_eventrecord LEFT OUTER JOIN events_logleaf ON (events_eventrecord.id = events_logleaf.event_id) WHERE (events_eventrecord.subject_id = ? AND events_eventrecord.subject_type = ?) ORDER BY events_eventrecord.id ASC
SELECT … FROM action_plan_stagedate WHERE action_plan_stagedate.plan_id = ? ORDER BY action_plan_stagedate.starts_on ASC
SELECT … FROM action_plan_stagepassage WHERE action_plan_stagepassage.plan_id = ? ORDER BY action_plan_stagepassage.passed_at ASC
SELECT … FROM action_plan_stageexception WHERE action_plan_stageexception.plan_id = ? ORDER BY action_plan_stageexception.asked_at ASC
SELECT … FROM action_plan_planmember INNER JOIN organisations_organisation ON (action_plan_planmember.organisation_id = organisations_organisation.code) WHERE action_plan_planmember.plan_id = ? ORDER BY action_plan_planmember.position ASC
SELECT action_plan_stagedate.stage AS stage FROM action_plan_stagedate WHERE (action_plan_stagedate.plan_id = ? AND action_plan_stagedate.track = ?) ORDER BY action_plan_stagedate.starts_on ASC
SELECT action_plan_stagedate.stage AS stage FROM action_plan_stagedate WHERE (action_plan_stagedate.plan_id = ? AND action_plan_stagedate.track = ?) ORDER BY action_plan_stagedate.starts_on ASC
SELECT action_plan_stagepassage.track AS track, action_plan_stagepassage.stage AS stage FROM action_plan_stagepassage WHERE action_plan_stagepassage.plan_id = ? ORDER BY action_plan_stagepassage.passed_at ASC
SELECT … FROM action_plan_planmember INNER JOIN organisations_organisation ON (action_plan_planmember.organisation_id = organisations_organisation.code) WHERE action_plan_planmember.plan_id = ? ORDER BY action_plan_planmember.position ASC
SELECT COUNT(*) AS __count FROM action_plan_planmember WHERE action_plan_planmember.plan_id = ?
SELECT COUNT(*) AS __count FROM action_plan_draft WHERE (action_plan_draft.plan_id = ? AND action_plan_draft.withdrawn_at IS NULL AND action_plan_draft.kind = ?)
SELECT COUNT(*) AS __count FROM action_plan_draft WHERE (action_plan_draft.plan_id = ? AND action_plan_draft.withdrawn_at IS NULL AND action_plan_draft.kind = ?)
