"""WHERE IT RESTS: the encrypted store, its keys, its backups."""
