"""THE WIRE: the only room that may open a socket, and only when somebody asks `https` for a document."""
