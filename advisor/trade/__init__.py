"""Trade knowledge as typed tables: duties, agreements, requirements, channels, fairs, programmes, institutions, statistics."""
