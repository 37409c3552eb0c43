"""Item models: data for views, tested as data."""
