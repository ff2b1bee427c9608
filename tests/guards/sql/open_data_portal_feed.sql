SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
INSERT INTO limits_bucket (key, kind, full_at_us) VALUES (?, ?, ? + ?) ON CONFLICT (key) DO UPDATE SET full_at_us = CASE WHEN limits_bucket.full_at_us > ? THEN limits_bucket.full_at_us ELSE ? END + ? WHERE limits_bucket.full_at_us <= ? + ? RETURNING full_at_us
SELECT … FROM log_checkpoint ORDER BY log_checkpoint.size DESC LIMIT ?
SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) INNER JOIN organisations_organisation ON (portals_portal.government_id = organisations_organisation.code) WHERE portals_portal.slug = ? LIMIT ?
SELECT … FROM portals_portal ORDER BY portals_portal.position ASC, portals_portal.slug ASC
SELECT COUNT(*) AS __count FROM open_data_listing INNER JOIN open_data_dataset ON (open_data_listing.dataset_id = open_data_dataset.id) WHERE (open_data_dataset.withdrawn_at IS NULL AND open_data_listing.portal_id IN (…) AND open_data_listing.portal_id = ? AND NOT (open_data_dataset.origin = ?))
SELECT … FROM log_cosignature INNER JOIN log_witness ON (log_cosignature.witness_id = log_witness.id) WHERE (log_cosignature.checkpoint_id = ? AND log_witness.ended_on IS NULL) ORDER BY log_cosignature.at ASC
