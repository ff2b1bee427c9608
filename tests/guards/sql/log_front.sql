SELECT … FROM log_examination WHERE NOT ((log_examination.fault = ? OR log_examination.fault LIKE ? ESCAPE ? OR log_examination.fault LIKE ? ESCAPE ? OR log_examination.fault LIKE ? ESCAPE ? OR log_examination.fault LIKE ? ESCAPE ?)) ORDER BY log_examination.at DESC LIMIT ?
SELECT … FROM log_checkpoint ORDER BY log_checkpoint.size DESC LIMIT ?
SELECT … FROM log_beginning ORDER BY log_beginning.id DESC LIMIT ?
SELECT … FROM log_cosignature INNER JOIN log_checkpoint ON (log_cosignature.checkpoint_id = log_checkpoint.size) INNER JOIN log_witness ON (log_cosignature.witness_id = log_witness.id) WHERE (log_cosignature.checkpoint_id > ? AND log_witness.ended_on IS NULL) ORDER BY log_cosignature.checkpoint_id DESC LIMIT ?
SELECT log_examination.fault AS fault FROM log_examination WHERE (log_examination.fault = ? OR log_examination.fault LIKE ? ESCAPE ? OR log_examination.fault LIKE ? ESCAPE ? OR log_examination.fault LIKE ? ESCAPE ? OR log_examination.fault LIKE ? ESCAPE ?) ORDER BY log_examination.at DESC LIMIT ?
SELECT … FROM log_beginning ORDER BY log_beginning.id DESC
SELECT … FROM log_peer ORDER BY log_peer.ended_on ASC, log_peer.origin ASC
SELECT … FROM log_inconsistency WHERE log_inconsistency.peer_id IN (…) ORDER BY log_inconsistency.at DESC
SELECT … FROM log_witness ORDER BY log_witness.ended_on ASC, log_witness.name ASC
SELECT … FROM log_cosignature INNER JOIN log_checkpoint ON (log_cosignature.checkpoint_id = log_checkpoint.size) WHERE log_cosignature.witness_id = ? ORDER BY log_cosignature.at DESC LIMIT ?
SELECT events_logleaf.index AS index FROM events_logleaf ORDER BY ? DESC LIMIT ?
SELECT … FROM events_logleaf INNER JOIN events_eventrecord ON (events_logleaf.event_id = events_eventrecord.id) WHERE (events_logleaf.index >= ? AND events_logleaf.index < ?) ORDER BY events_logleaf.index DESC
