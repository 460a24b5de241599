"""Where records go: JSON Lines, databases, columns, reports. Writers know records and nothing else."""
