"""THE WIRE: the only room that may open a socket. Empty until a wish needs the network."""
