"""The contract of the files: their schemas, what each field means, and whether files keep it."""
