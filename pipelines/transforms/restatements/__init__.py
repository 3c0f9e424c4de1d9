"""Restatements: which published figure repeats which, why we think so, and what changed."""
