// Runs before the page is drawn, so that a reader who chose dark never sees a flash of light.
document.body.dataset.theme = "auto";
try {
  document.body.dataset.theme = localStorage.getItem("theme") || "auto";
} catch {
  // The browser refuses to keep anything: the page follows the system.
}
