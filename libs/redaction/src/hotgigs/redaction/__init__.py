"""What somebody sees of a person whose contact is not for them."""
