SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT open_data_listing.topic AS topic, COUNT(open_data_listing.dataset_id) AS count FROM open_data_listing WHERE open_data_listing.portal_id = ? GROUP BY ?
SELECT open_data_listing.licence AS licence, COUNT(open_data_listing.dataset_id) AS count FROM open_data_listing WHERE open_data_listing.portal_id = ? GROUP BY ?
SELECT open_data_listing.frequency AS frequency, COUNT(open_data_listing.dataset_id) AS count FROM open_data_listing WHERE open_data_listing.portal_id = ? GROUP BY ?
SELECT … FROM open_data_listing INNER JOIN open_data_dataset ON (open_data_listing.dataset_id = open_data_dataset.id) INNER JOIN open_data_release ON (open_data_listing.release_id = open_data_release.id) INNER JOIN organisations_organisation ON (open_data_listing.producer_id = organisations_organisation.code) WHERE open_data_listing.portal_id = ? ORDER BY organisations_organisation.name_id ASC
SELECT open_data_listing.producer_id AS producer, COUNT(open_data_listing.dataset_id) AS count FROM open_data_listing WHERE open_data_listing.portal_id = ? GROUP BY ?
SELECT COUNT(*) AS __count FROM open_data_listing WHERE open_data_listing.portal_id = ?
