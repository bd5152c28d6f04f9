"""A page in the browser that checks a draft as it's written, served to this computer alone (the extra `web`)."""
