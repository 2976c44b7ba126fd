"""The network's own pages: for people of its municipalities and regional actors."""
