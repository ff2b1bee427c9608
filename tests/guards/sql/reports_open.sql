SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
INSERT INTO limits_bucket (key, kind, full_at_us) VALUES (?, ?, ? + ?) ON CONFLICT (key) DO UPDATE SET full_at_us = CASE WHEN limits_bucket.full_at_us > ? THEN limits_bucket.full_at_us ELSE ? END + ? WHERE limits_bucket.full_at_us <= ? + ? RETURNING full_at_us
SELECT … FROM reports_report INNER JOIN reports_reporter ON (reports_report.id = reports_reporter.report_id) INNER JOIN portals_portal ON (reports_report.portal_id = portals_portal.slug) WHERE reports_reporter.code_index = ? ORDER BY reports_report.id ASC LIMIT ?
SELECT … FROM limits_bucket WHERE limits_bucket.key = ?
UPDATE limits_bucket SET full_at_us = ? WHERE (limits_bucket.full_at_us = ? AND limits_bucket.key = ?)
SELECT ? AS a FROM django_session WHERE django_session.session_key = ? LIMIT ?
INSERT INTO django_session (session_key, session_data, expire_date) VALUES (…)
UPDATE django_session SET session_data = ?, expire_date = ? WHERE django_session.session_key = ?
