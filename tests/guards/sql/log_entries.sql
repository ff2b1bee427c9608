SELECT COUNT(*) AS __count FROM events_logleaf
SELECT … FROM events_logleaf INNER JOIN events_eventrecord ON (events_logleaf.event_id = events_eventrecord.id) ORDER BY events_logleaf.index DESC LIMIT ?
