"""Measures of what postcheck promises: that it keeps secrets, survives bad input, and can't be fooled cheaply."""
