SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT … FROM reports_category ORDER BY reports_category.position ASC, reports_category.key ASC
SELECT regions_region.code AS code, regions_region.parent_id AS parent, regions_region.name AS name FROM regions_region WHERE ((regions_region.code = ? OR (regions_region.code >= ? AND regions_region.code < ?)) AND regions_region.level = ?) ORDER BY ? ASC, ? ASC
SELECT … FROM regions_region WHERE regions_region.code IN (…) ORDER BY regions_region.code ASC
SELECT … FROM organisations_organisation WHERE ((organisations_organisation.valid_to IS NULL OR organisations_organisation.valid_to > ?) AND organisations_organisation.valid_from <= ? AND organisations_organisation.kind IN (…) AND (organisations_organisation.region_id = ? OR (organisations_organisation.region_id >= ? AND organisations_organisation.region_id < ?))) ORDER BY organisations_organisation.name_id ASC
SELECT reports_report.district_id AS district_id, COUNT(reports_report.id) AS pk__count FROM reports_report WHERE (reports_report.village_id LIKE ? ESCAPE ? AND NOT reports_report.is_confidential AND reports_report.state IN (…)) GROUP BY ?
SELECT regions_region.code AS code, regions_region.parent_id AS parent, regions_region.name AS name FROM regions_region WHERE ((regions_region.code = ? OR (regions_region.code >= ? AND regions_region.code < ?)) AND regions_region.level = ?) ORDER BY ? ASC, ? ASC
SELECT … FROM regions_region WHERE regions_region.code IN (…) ORDER BY regions_region.code ASC
SELECT … FROM regions_region WHERE regions_region.code = ? ORDER BY regions_region.code ASC LIMIT ?
