SELECT … FROM log_checkpoint ORDER BY log_checkpoint.size DESC LIMIT ?
SELECT events_eventrecord.body AS event__body FROM events_logleaf INNER JOIN events_eventrecord ON (events_logleaf.event_id = events_eventrecord.id) WHERE (events_logleaf.index >= ? AND events_logleaf.index < ?) ORDER BY events_logleaf.index ASC
