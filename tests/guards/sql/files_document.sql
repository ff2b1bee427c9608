SELECT … FROM files_storeddocument WHERE files_storeddocument.id = ? ORDER BY files_storeddocument.id ASC LIMIT ?
