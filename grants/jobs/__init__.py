"""Work for later: rows written in the caller's transaction, done by a worker with leases."""
