// The site's root page: leads on to the language that was chosen before, or else to the first of the browser's languages that the site has.
"use strict";

/** The language that the switch on a page has stored; null if there is none or the browser blocks storage. */
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
