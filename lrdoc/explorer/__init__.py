"""The browser part: the engine and the view, in TypeScript, and the words of the view."""
