// Sets the colour theme that the reader chose, before anything of the page is drawn.
// It stands in for furo's inline script, which the page's policy forbids.
document.body.dataset.theme = "auto";
try {
  document.body.dataset.theme = localStorage.getItem("theme") || "auto";
} catch {
  // The browser blocks storage: the page follows the system's theme.
}
