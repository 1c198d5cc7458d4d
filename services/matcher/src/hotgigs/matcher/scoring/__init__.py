"""How well candidates and jobs fit: pure, and the same from both sides."""
