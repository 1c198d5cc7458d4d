"""The Rich Text Format, version 1.9.1, as far as text and its look go."""
