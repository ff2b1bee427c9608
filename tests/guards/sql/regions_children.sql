SELECT … FROM regions_region WHERE regions_region.code = ? ORDER BY regions_region.code ASC LIMIT ?
SELECT … FROM regions_region WHERE regions_region.parent_id = ? ORDER BY regions_region.name ASC
