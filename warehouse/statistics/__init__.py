"""What the offers add up to, and how that compares with what others published."""
