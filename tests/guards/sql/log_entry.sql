SELECT events_logleaf.index AS index, events_eventrecord.uid AS event__uid, events_eventrecord.key AS event__key, events_eventrecord.on AS event__on, events_eventrecord.body AS event__body, events_eventrecord.leaf_hash AS event__leaf_hash FROM events_logleaf INNER JOIN events_eventrecord ON (events_logleaf.event_id = events_eventrecord.id) WHERE events_logleaf.index = ? ORDER BY events_logleaf.index ASC LIMIT ?
SELECT … FROM log_beginning ORDER BY log_beginning.id DESC LIMIT ?
SELECT … FROM log_cosignature INNER JOIN log_checkpoint ON (log_cosignature.checkpoint_id = log_checkpoint.size) INNER JOIN log_witness ON (log_cosignature.witness_id = log_witness.id) WHERE (log_cosignature.checkpoint_id > ? AND log_witness.ended_on IS NULL) ORDER BY log_cosignature.checkpoint_id DESC LIMIT ?
SELECT … FROM log_checkpoint ORDER BY log_checkpoint.size DESC LIMIT ?
SELECT … FROM log_cosignature INNER JOIN log_witness ON (log_cosignature.witness_id = log_witness.id) WHERE (log_cosignature.checkpoint_id = ? AND log_witness.ended_on IS NULL) ORDER BY log_cosignature.at ASC
SELECT events_logleaf.index AS index FROM events_logleaf ORDER BY ? DESC LIMIT ?
