SELECT events_logleaf.index AS index FROM events_logleaf ORDER BY ? DESC LIMIT ?
SELECT … FROM events_logleaf INNER JOIN events_eventrecord ON (events_logleaf.event_id = events_eventrecord.id) WHERE (events_logleaf.index >= ? AND events_logleaf.index < ?) ORDER BY events_logleaf.index DESC
