"""Users let the system read their Google Drive (OAuth 2.0, authorization code with PKCE) by a page alone: no
token passes through their hands, or the page's."""
