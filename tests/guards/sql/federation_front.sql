SELECT … FROM log_peer ORDER BY log_peer.ended_on ASC, log_peer.origin ASC
SELECT … FROM log_inconsistency WHERE log_inconsistency.peer_id IN (…) ORDER BY log_inconsistency.at DESC
SELECT … FROM log_checkpoint ORDER BY log_checkpoint.size DESC LIMIT ?
SELECT … FROM federation_published ORDER BY federation_published.feed ASC, federation_published.item ASC, federation_published.id ASC
