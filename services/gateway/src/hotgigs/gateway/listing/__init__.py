"""Lists of candidates: what is asked for, in which order, from where on, and how many there are."""
