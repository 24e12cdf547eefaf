/** What the playground makes of whole scripts. */

import { install } from "../../lrdoc/explorer/engine/pytorch.ts";
import { install as installRecipes } from "../../lrdoc/explorer/engine/recipebook.ts";
import { install as installScripts } from "../../lrdoc/explorer/engine/scripts/install.ts";
import { answerAll } from "./answering.ts";

install();
installRecipes();
installScripts();
answerAll();
