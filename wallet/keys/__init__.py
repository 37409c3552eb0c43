"""WHOSE KEY: public keys through one gate, DIDs, controller documents, the key of the holder."""
