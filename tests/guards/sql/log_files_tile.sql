SELECT … FROM log_checkpoint ORDER BY log_checkpoint.size DESC LIMIT ?
SELECT log_tile.hashes AS hashes FROM log_tile WHERE (log_tile.level = ? AND log_tile.number = ?) ORDER BY log_tile.id ASC LIMIT ?
SELECT events_logleaf.leaf_hash AS leaf_hash FROM events_logleaf WHERE (events_logleaf.index >= ? AND events_logleaf.index < ?) ORDER BY events_logleaf.index ASC
