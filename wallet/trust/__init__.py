"""WHOM DO I KNOW: evidence by address, whose key a method is, issuer lists."""
