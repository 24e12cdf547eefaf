/** The script of the playground page alone: the engine, the view and the editor. */

import { install } from "./console.ts";
import { install as installPyTorch } from "./engine/pytorch.ts";
import { install as installRecipes } from "./engine/recipebook.ts";
import { install as installScripts } from "./engine/scripts/install.ts";
import { playgrounds } from "./playground/main.ts";
import { start } from "./view/main.ts";

install();
installPyTorch();
installRecipes();
installScripts();
start(playgrounds());
