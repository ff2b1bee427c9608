SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT … FROM action_plan_plan WHERE (action_plan_plan.origin = ? AND action_plan_plan.key = ?) ORDER BY action_plan_plan.submitted_on DESC NULLS FIRST LIMIT ?
SELECT ? AS a FROM action_plan_planmember WHERE (action_plan_planmember.plan_id = ? AND action_plan_planmember.organisation_id = ?) LIMIT ?
