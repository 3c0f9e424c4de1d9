"""The corpus that comes with the project: real figures and postings, restated in our words."""
