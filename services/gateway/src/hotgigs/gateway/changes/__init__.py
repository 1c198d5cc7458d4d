"""What callers ask to be changed of candidates, and what is looked at before it is passed on."""
