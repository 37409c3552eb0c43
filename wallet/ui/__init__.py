"""SHELL TWO: the window. The only room that imports Qt."""
