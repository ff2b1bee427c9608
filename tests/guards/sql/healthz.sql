SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) ORDER BY portals_portal.position ASC, portals_portal.slug ASC
