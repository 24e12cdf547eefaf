/** All recipes, for the scripts of the pages whose code may call them. */

import { addRecipes } from "./described.ts";
import { examples } from "./generated/examples.ts";
import { recipes, sources } from "./generated/recipes.ts";

/** Let the engine know the recipes. */
export function install(): void {
  addRecipes(recipes, sources, examples);
}
