"""Stand-ins for services of others: strict, stateful, on loopback only. For tests and for development."""
