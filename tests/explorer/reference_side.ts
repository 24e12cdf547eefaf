/** What a reference page makes of code. */

import { answerAll } from "./answering.ts";

answerAll();
