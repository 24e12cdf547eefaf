// Runs before the page is drawn, so that a reader who chose dark never sees a flash of light.
document.body.dataset.theme = localStorage.getItem("theme") || "auto";
