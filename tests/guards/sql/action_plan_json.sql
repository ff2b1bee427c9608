SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT … FROM action_plan_plan INNER JOIN action_plan_planmember ON (action_plan_plan.key = action_plan_planmember.plan_id) WHERE action_plan_planmember.organisation_id = ? ORDER BY action_plan_plan.submitted_on DESC LIMIT ?
SELECT … FROM action_plan_planmember WHERE action_plan_planmember.plan_id IN (…) ORDER BY action_plan_planmember.position ASC
SELECT … FROM organisations_organisation WHERE (organisations_organisation.code = ? OR organisations_organisation.code = ?)
SELECT … FROM action_plan_partner WHERE action_plan_partner.plan_id IN (…) ORDER BY action_plan_partner.role ASC, action_plan_partner.position ASC
SELECT … FROM organisations_organisation WHERE (organisations_organisation.code = ? OR organisations_organisation.code = ? OR organisations_organisation.code = ? OR organisations_organisation.code = ? OR organisations_organisation.code = ? OR organisations_organisation.code = ? OR organisations_organisation.code = ? OR organisations_organisation.code = ?)
SELECT … FROM action_plan_planevent WHERE action_plan_planevent.plan_id IN (…) ORDER BY action_plan_planevent.on ASC, action_plan_planevent.id ASC
SELECT … FROM action_plan_commitment INNER JOIN action_plan_plan ON (action_plan_commitment.plan_id = action_plan_plan.key) INNER JOIN action_plan_planmember ON (action_plan_commitment.member_id = action_plan_planmember.id) INNER JOIN organisations_organisation ON (action_plan_planmember.organisation_id = organisations_organisation.code) LEFT OUTER JOIN action_plan_term ON (action_plan_commitment.novelty_id = action_plan_term.id) LEFT OUTER JOIN action_plan_term T6 ON (action_plan_commitment.ambition_id = T6.id) WHERE action_plan_commitment.plan_id = ? ORDER BY action_plan_planmember.position ASC, action_plan_commitment.number ASC
SELECT … FROM action_plan_commitmentfact WHERE action_plan_commitmentfact.commitment_id IN (…) ORDER BY action_plan_commitmentfact.position ASC
SELECT links_link.source_id AS source_id, links_link.target_id AS target_id FROM links_link WHERE (links_link.kind = ? AND links_link.source_id IN (…) AND links_link.source_type = ? AND links_link.target_type = ?) ORDER BY links_link.position ASC, links_link.id ASC
SELECT indicators_indicatorresult.indicator_key AS indicator_key, indicators_indicatorresult.place AS place, MAX(indicators_indicatorresult.id) AS last FROM indicators_indicatorresult INNER JOIN datasets_datasetversion ON (indicators_indicatorresult.dataset_version_id = datasets_datasetversion.id) WHERE (datasets_datasetversion.withdrawn_at IS NULL AND indicators_indicatorresult.indicator_key IN (…) AND indicators_indicatorresult.period = ? AND indicators_indicatorresult.place IN (…)) GROUP BY ?, ?
SELECT … FROM action_plan_term INNER JOIN action_plan_commitment_values ON (action_plan_term.id = action_plan_commitment_values.term_id) WHERE action_plan_commitment_values.commitment_id = ? ORDER BY action_plan_term.scale ASC, action_plan_term.position ASC
SELECT … FROM action_plan_institution WHERE action_plan_institution.commitment_id = ? ORDER BY action_plan_institution.position ASC
SELECT … FROM action_plan_milestone WHERE action_plan_milestone.commitment_id = ? ORDER BY action_plan_milestone.number ASC
SELECT … FROM action_plan_term INNER JOIN action_plan_commitment_values ON (action_plan_term.id = action_plan_commitment_values.term_id) WHERE action_plan_commitment_values.commitment_id = ? ORDER BY action_plan_term.scale ASC, action_plan_term.position ASC
SELECT … FROM action_plan_institution WHERE action_plan_institution.commitment_id = ? ORDER BY action_plan_institution.position ASC
SELECT … FROM action_plan_milestone WHERE action_plan_milestone.commitment_id = ? ORDER BY action_plan_milestone.number ASC
SELECT … FROM action_plan_term INNER JOIN action_plan_commitment_values ON (action_plan_term.id = action_plan_commitment_values.term_id) WHERE action_plan_commitment_values.commitment_id = ? ORDER BY action_plan_term.scale ASC, action_plan_term.position ASC
SELECT … FROM action_plan_institution WHERE action_plan_institution.commitment_id = ? ORDER BY action_plan_institution.position ASC
SELECT … FROM action_plan_milestone WHERE action_plan_milestone.commitment_id = ? ORDER BY action_plan_milestone.number ASC
SELECT … FROM action_plan_term INNER JOIN action_plan_commitment_values ON (action_plan_term.id = action_plan_commitment_values.term_id) WHERE action_plan_commitment_values.commitment_id = ? ORDER BY action_plan_term.scale ASC, action_plan_term.position ASC
SELECT … FROM action_plan_institution WHERE action_plan_institution.commitment_id = ? ORDER BY action_plan_institution.position ASC
SELECT … FROM action_plan_milestone WHERE action_plan_milestone.commitment_id = ? ORDER BY action_plan_milestone.number ASC
SELECT … FROM action_plan_term INNER JOIN action_plan_commitment_values ON (action_plan_term.id = action_plan_commitment_values.term_id) WHERE action_plan_commitment_values.commitment_id = ? ORDER BY action_plan_term.scale ASC, action_plan_term.position ASC
SELECT … FROM action_plan_institution WHERE action_plan_institution.commitment_id = ? ORDER BY action_plan_institution.position ASC
SELECT … FROM action_plan_milestone WHERE action_plan_milestone.commitment_id = ? ORDER BY action_plan_milestone.number ASC
SELECT … FROM action_plan_term INNER JOIN action_plan_commitment_values ON (action_plan_term.id = action_plan_commitment_values.term_id) WHERE action_plan_commitment_values.commitment_id = ? ORDER BY action_plan_term.scale ASC, action_plan_term.position ASC
SELECT … FROM action_plan_institution WHERE action_plan_institution.commitment_id = ? ORDER BY action_plan_institution.position ASC
SELECT … FROM action_plan_milestone WHERE action_plan_milestone.commitment_id = ? ORDER BY action_plan_milestone.number ASC
SELECT … FROM action_plan_term INNER JOIN action_plan_commitment_values ON (action_plan_term.id = action_plan_commitment_values.term_id) WHERE action_plan_commitment_values.commitment_id = ? ORDER BY action_plan_term.scale ASC, action_plan_term.position ASC
SELECT … FROM action_plan_institution WHERE action_plan_institution.commitment_id = ? ORDER BY action_plan_institution.position ASC
SELECT … FROM action_plan_milestone WHERE action_plan_milestone.commitment_id = ? ORDER BY action_plan_milestone.number ASC
SELECT … FROM action_plan_term INNER JOIN action_plan_commitment_values ON (action_plan_term.id = action_plan_commitment_values.term_id) WHERE action_plan_commitment_values.commitment_id = ? ORDER BY action_plan_term.scale ASC, action_plan_term.position ASC
SELECT … FROM action_plan_institution WHERE action_plan_institution.commitment_id = ? ORDER BY action_plan_institution.position ASC
SELECT … FROM action_plan_milestone WHERE action_plan_milestone.commitment_id = ? ORDER BY action_plan_milestone.number ASC
SELECT … FROM action_plan_term INNER JOIN action_plan_commitment_values ON (action_plan_term.id = action_plan_commitment_values.term_id) WHERE action_plan_commitment_values.commitment_id = ? ORDER BY action_plan_term.scale ASC, action_plan_term.position ASC
SELECT … FROM action_plan_institution WHERE action_plan_institution.commitment_id = ? ORDER BY action_plan_institution.position ASC
SELECT … FROM action_plan_milestone WHERE action_plan_milestone.commitment_id = ? ORDER BY action_plan_milestone.number ASC
