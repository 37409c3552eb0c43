"""JSON-LD and RDF canonicalisation in safe mode: nothing is dropped or invented silently."""
