"""Jobs: what may be posted, and who sees and changes what."""
