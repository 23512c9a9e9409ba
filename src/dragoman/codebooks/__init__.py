"""What the words mean: one topic a folder, one file a theme, as YAML. `lexicon` loads them."""
