SELECT … FROM log_checkpoint ORDER BY log_checkpoint.size DESC LIMIT ?
SELECT … FROM log_checkpoint INNER JOIN log_cosignature ON (log_checkpoint.size = log_cosignature.checkpoint_id) LEFT OUTER JOIN log_witness ON (log_cosignature.witness_id = log_witness.id) WHERE (log_cosignature.id IS NOT NULL AND log_witness.ended_on IS NULL) ORDER BY log_checkpoint.size DESC LIMIT ?
SELECT … FROM log_examination ORDER BY log_examination.at DESC LIMIT ?
SELECT … FROM log_witness ORDER BY log_witness.ended_on ASC, log_witness.name ASC
SELECT … FROM log_cosignature INNER JOIN log_checkpoint ON (log_cosignature.checkpoint_id = log_checkpoint.size) WHERE log_cosignature.witness_id = ? ORDER BY log_cosignature.at DESC LIMIT ?
SELECT … FROM events_logleaf INNER JOIN events_eventrecord ON (events_logleaf.event_id = events_eventrecord.id) ORDER BY events_logleaf.index DESC LIMIT ?
