"""Other tools that do one of Dragoman's tasks, run beside it on the same texts; each lives in `.cache/peers/NAME`."""
