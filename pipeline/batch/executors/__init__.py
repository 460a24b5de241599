"""Where shards are worked on: one module a kind of machine, behind one protocol."""
