SELECT … FROM portals_portal INNER JOIN regions_region ON (portals_portal.region_id = regions_region.code) WHERE portals_portal.slug = ? ORDER BY portals_portal.position ASC, portals_portal.slug ASC LIMIT ?
SELECT … FROM open_data_datalist INNER JOIN portals_portal ON (open_data_datalist.portal_id = portals_portal.slug) LEFT OUTER JOIN open_data_agreement ON (open_data_datalist.id = open_data_agreement.data_list_id) WHERE (open_data_datalist.portal_id = ? AND open_data_datalist.year = ?) ORDER BY portals_portal.position ASC, portals_portal.slug ASC, open_data_datalist.year DESC LIMIT ?
SELECT … FROM open_data_attendance WHERE open_data_attendance.agreement_id = ? ORDER BY open_data_attendance.agreement_id ASC, open_data_attendance.position ASC
SELECT … FROM organisations_organisation WHERE organisations_organisation.code = ? LIMIT ?
SELECT … FROM organisations_organisation WHERE organisations_organisation.code IN (…) ORDER BY organisations_organisation.name_id ASC
