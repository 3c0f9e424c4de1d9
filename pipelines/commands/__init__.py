"""What each subcommand does: files, streams and releases in, readable text out."""
