SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT … FROM reports_report INNER JOIN reports_reporter ON (reports_report.id = reports_reporter.report_id) INNER JOIN portals_portal ON (reports_report.portal_id = portals_portal.slug) WHERE reports_reporter.code_index = ? ORDER BY reports_report.id ASC LIMIT ?
SELECT ? AS a FROM django_session WHERE django_session.session_key = ? LIMIT ?
INSERT INTO django_session (session_key, session_data, expire_date) VALUES (…)
UPDATE django_session SET session_data = ?, expire_date = ? WHERE django_session.session_key = ?
