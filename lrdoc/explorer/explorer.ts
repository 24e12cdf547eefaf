/** The script of the reference pages: the engine and the view of one scheduler. */

import { install } from "./console.ts";
import { explorers, start } from "./view/main.ts";

install();
start(explorers());
