/** The script of the pages whose code may call recipes: that of the reference pages, and the recipes. */

import { install as installTrace } from "./console.ts";
import { install } from "./engine/recipebook.ts";
import { explorers, start } from "./view/main.ts";

install();
installTrace();
start(explorers());
