SELECT … FROM log_inconsistency INNER JOIN log_peer ON (log_inconsistency.peer_id = log_peer.id) WHERE log_inconsistency.id = ? ORDER BY log_inconsistency.at DESC LIMIT ?
