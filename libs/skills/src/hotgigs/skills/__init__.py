"""Skills and qualifications by name: aliases, kinds, and where running text names them."""
