"""postcheck: what a post would break, told before it is posted."""

__version__ = "0.1.0"
