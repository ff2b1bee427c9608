SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT … FROM reports_category ORDER BY reports_category.position ASC, reports_category.key ASC
