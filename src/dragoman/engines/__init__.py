"""What touches the world for the reader: the parser, the gazetteer, the actor list."""
