"""drive-sync: folders that are kept in sync, the grants to read them, and the ledger of files seen."""
