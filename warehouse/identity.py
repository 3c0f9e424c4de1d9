"""What this dataset is called, its licence, and the versions of its schema and its method."""

DATASET = "ai-trainer-compensation"
TITLE = "AI Trainer Compensation"
LICENCE = "CC-BY-4.0"
DATABASE_FILE = "compensation.duckdb"
SCHEMA_VERSION = "1.0.0"
METHOD_VERSION = "1.0.0"
