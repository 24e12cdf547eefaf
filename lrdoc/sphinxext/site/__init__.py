"""What makes the site of the pages: gallery, languages, search, formulas, policy."""
