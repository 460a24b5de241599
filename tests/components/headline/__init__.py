"""Short articles of our own with what they claim marked under each paragraph, to measure the headline."""
