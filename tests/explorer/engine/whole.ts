/** Lets the tests of the engine read all that it knows, where reference pages leave code to the playground. */

import { places } from "../../../lrdoc/explorer/engine/python/parse.ts";

places.refused = () => null;
