INSERT INTO limits_bucket (key, kind, full_at_us) VALUES (?, ?, ? + ?) ON CONFLICT (key) DO UPDATE SET full_at_us = CASE WHEN limits_bucket.full_at_us > ? THEN limits_bucket.full_at_us ELSE ? END + ? WHERE limits_bucket.full_at_us <= ? + ? RETURNING full_at_us
SELECT … FROM portals_portal ORDER BY portals_portal.slug ASC
SELECT … FROM portals_portal ORDER BY portals_portal.position ASC, portals_portal.slug ASC
SELECT COUNT(*) AS __count FROM open_data_listing WHERE open_data_listing.portal_id IN (…)
