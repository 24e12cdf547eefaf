// Sends a visitor on: to the language that was chosen before, or else to the first of the browser's that the site has.
"use strict";

/** The language that a click on the switch of a page has kept; a browser may refuse to tell. */
function chosen() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
}

/** @param {readonly string[]} wanted */
function preferred(wanted) {
  const known = wanted
    .map((language) => language.toLowerCase().split("-")[0] ?? "")
    .find((language) => ["en", "zh"].includes(language));
  return known ?? "en";
}

const before = chosen();
const language = before === "en" || before === "zh" ? before : preferred(navigator.languages);
location.replace(`${language}/index.html${location.hash}`);
