SELECT … FROM log_witness WHERE log_witness.ended_on IS NULL ORDER BY log_witness.name ASC
