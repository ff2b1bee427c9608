SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT GROUP_CONCAT(open_data_listing.facets_id) AS sets FROM open_data_listing WHERE (open_data_listing.portal_id = ? AND NOT (open_data_listing.facets_id IS NULL))
