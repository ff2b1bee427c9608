SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT … FROM organisations_organisation WHERE organisations_organisation.code = ? ORDER BY organisations_organisation.name_id ASC LIMIT ?
SELECT events_eventrecord.uid AS uid, events_eventrecord.key AS key, events_eventrecord.on AS on, events_eventrecord.body AS body, events_logleaf.index AS leaf__index FROM events_eventrecord LEFT OUTER JOIN events_logleaf ON (events_eventrecord.id = events_logleaf.event_id) WHERE (events_eventrecord.subject_id = ? AND events_eventrecord.subject_type = ?) ORDER BY events_eventrecord.id ASC
SELECT … FROM regions_region WHERE regions_region.code = ? LIMIT ?
SELECT … FROM organisations_organisation WHERE organisations_organisation.code = ? LIMIT ?
SELECT … FROM organisations_organisation WHERE ((organisations_organisation.valid_to IS NULL OR organisations_organisation.valid_to > ?) AND organisations_organisation.valid_from <= ? AND organisations_organisation.parent_id = ?) ORDER BY organisations_organisation.name_id ASC
