"""Pictures to take away: a cheat sheet of all schedulers on one page, and for each scheduler a picture and an animation."""
