/** The script of the pages that have a chooser: that of the pages with recipes, and the chooser. */

import "./recipe.ts";
import { Chooser } from "./view/chooser.ts";
import { succeed } from "./view/succession.ts";

for (const host of document.querySelectorAll<HTMLElement>("[data-lr-chooser]")) {
  succeed(host, () => new Chooser(host));
}
