SELECT … FROM log_checkpoint ORDER BY log_checkpoint.size DESC LIMIT ?
SELECT … FROM federation_published ORDER BY federation_published.feed ASC, federation_published.item ASC, federation_published.id ASC
SELECT … FROM log_cosignature INNER JOIN log_witness ON (log_cosignature.witness_id = log_witness.id) WHERE (log_cosignature.checkpoint_id = ? AND log_witness.ended_on IS NULL) ORDER BY log_cosignature.at ASC
