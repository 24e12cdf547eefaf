"""The directives and roles that pages call, one module each."""
