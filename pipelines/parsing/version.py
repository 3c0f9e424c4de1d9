"""The version of the rules: it changes whenever an answer may change."""

PARSER_VERSION = "2.0.0"
