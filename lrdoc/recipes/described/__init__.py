"""What the site knows of each recipe: the functions themselves, which readers import, need none of it."""
