/** The script of the pages that have a chooser: that of the pages with recipes, and the chooser. */

import { install as installTrace } from "./console.ts";
import { install } from "./engine/recipebook.ts";
import { Chooser } from "./view/chooser.ts";
import { explorers, start } from "./view/main.ts";
import { succeed } from "./view/succession.ts";

install();
installTrace();
const choosers = Array.from(document.querySelectorAll<HTMLElement>("[data-lr-chooser]"));
start([...explorers(), ...choosers.map((host) => () => succeed(host, () => new Chooser(host)))]);
