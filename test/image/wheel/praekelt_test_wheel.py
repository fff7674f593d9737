"""Something to install from an index of our own."""
