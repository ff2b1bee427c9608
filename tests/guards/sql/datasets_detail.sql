SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) ORDER BY portals_portal.position ASC, portals_portal.slug ASC
SELECT … FROM datasets_datasetversion WHERE (datasets_datasetversion.place IN (…) AND datasets_datasetversion.withdrawn_at IS NULL) ORDER BY datasets_datasetversion.number ASC
SELECT … FROM datasets_lastcheck WHERE datasets_lastcheck.place IN (…)
SELECT … FROM datasets_datasetversion WHERE (datasets_datasetversion.dataset_key = ? AND datasets_datasetversion.place = ?) ORDER BY datasets_datasetversion.number DESC
