"""From words to attributes: field, tier, work, engagement, country, language, platform."""
