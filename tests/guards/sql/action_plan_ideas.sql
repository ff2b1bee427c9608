SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT … FROM action_plan_plan WHERE (action_plan_plan.origin = ? AND action_plan_plan.key = ?) ORDER BY action_plan_plan.submitted_on DESC NULLS FIRST LIMIT ?
SELECT ? AS a FROM action_plan_planmember WHERE (action_plan_planmember.plan_id = ? AND action_plan_planmember.organisation_id = ?) LIMIT ?
SELECT … FROM action_plan_planmember INNER JOIN organisations_organisation ON (action_plan_planmember.organisation_id = organisations_organisation.code) WHERE action_plan_planmember.plan_id = ? ORDER BY action_plan_planmember.position ASC
SELECT COUNT(*) AS __count FROM action_plan_idea WHERE (action_plan_idea.clearing = ? AND action_plan_idea.plan_id = ?)
SELECT action_plan_idea.clearing AS clearing, COUNT(action_plan_idea.id) AS count FROM action_plan_idea WHERE action_plan_idea.plan_id = ? GROUP BY ? ORDER BY ? ASC
SELECT action_plan_stagepassage.track AS track FROM action_plan_stagepassage WHERE (action_plan_stagepassage.plan_id = ? AND action_plan_stagepassage.stage = ?) ORDER BY action_plan_stagepassage.passed_at ASC
SELECT … FROM action_plan_planmember WHERE action_plan_planmember.plan_id = ? ORDER BY action_plan_planmember.position ASC
SELECT … FROM action_plan_idea LEFT OUTER JOIN action_plan_planmember ON (action_plan_idea.member_id = action_plan_planmember.id) LEFT OUTER JOIN organisations_organisation ON (action_plan_planmember.organisation_id = organisations_organisation.code) WHERE (action_plan_idea.clearing = ? AND action_plan_idea.plan_id = ?) ORDER BY action_plan_idea.number DESC LIMIT ?
