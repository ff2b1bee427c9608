SELECT … FROM portals_portal ORDER BY portals_portal.position ASC, portals_portal.slug ASC
SELECT open_data_dataset.name AS dataset__name FROM open_data_listing INNER JOIN open_data_dataset ON (open_data_listing.dataset_id = open_data_dataset.id) WHERE open_data_listing.portal_id IN (…) ORDER BY ? ASC
