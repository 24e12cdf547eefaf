/** The playground's editor, in a script of its own before the playground's: between the two the page answers its reader. */

import { codeEditor } from "./playground/editor.ts";

window.lrdocEditor = codeEditor;
