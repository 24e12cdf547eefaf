/** The playground's editor: CodeMirror. */

import { autocompletion, type CompletionSource, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Problem } from "../engine/index.ts";
import type { Editor } from "../view/codebox.ts";
import { element } from "../view/dom.ts";
import { said, text } from "../view/strings.ts";

/** Makes an editor that offers what `complete` returns. */
export type EditorMaker = (onEdit: (code: string) => void, complete: CompletionSource) => Editor;

declare global {
  interface Window {
    /** Set by `editor.js`. */
    lrdocEditor?: EditorMaker;
  }
}

const colour = (name: string) => ({ color: `var(--lr-syntax-${name})` });

const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], ...colour("keyword") },
  { tag: [tags.number], ...colour("number") },
  { tag: [tags.string], ...colour("string") },
  { tag: [tags.comment], ...colour("comment") },
  { tag: [tags.function(tags.variableName), tags.className], ...colour("name") },
]);

const look = EditorView.theme({
  "&": {
    background: "var(--color-code-background)",
    border: "1px solid var(--lr-control)",
    borderRadius: "0.3rem",
    color: "var(--color-code-foreground)",
    fontSize: "0.9em",
    height: "100%",
  },
  "&.cm-focused": { outline: "3px solid var(--lr-focus)", outlineOffset: "2px" },
  ".cm-scroller": {
    fontFamily: "var(--font-stack--monospace)",
    lineHeight: "1.55",
  },
  ".cm-gutters": {
    background: "transparent",
    border: "0",
    color: "var(--color-foreground-secondary)",
  },
  ".cm-content": { caretColor: "var(--color-code-foreground)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--lr-wrong) 1.5px",
    textUnderlineOffset: "3px",
  },
  ".cm-tooltip": {
    background: "var(--color-background-primary)",
    border: "1px solid var(--lr-control)",
    color: "var(--color-foreground-primary)",
  },
  ".cm-diagnostic": { fontFamily: "var(--font-stack)" },
});

/** Tab leaves the editor: in Firefox the list, which scrolls, would be the next stop. */
const LEAVE = {
  key: "Tab",
  run: (view: EditorView): boolean => {
    closeCompletion(view);
    return false;
  },
};

/** Return the editor. It is in a shadow root, where CodeMirror adopts style sheets, which the page's policy allows, instead of adding style elements. */
export const codeEditor: EditorMaker = (onEdit, complete) => {
  const host = element("div", { class: "lr-editor" });
  // On paper all lines are seen; the editor draws those on the screen alone.
  const printed = element("pre", { class: "lr-printed" });
  const root = element("div", {}, host, printed);
  const shadow = host.attachShadow({ mode: "open" });
  // The page's shortcuts do not look into shadow roots: `/` would go to the search box.
  root.addEventListener("keydown", (event) => event.stopPropagation());
  addEventListener("beforeprint", () => {
    printed.textContent = view.state.doc.toString();
  });
  let showing = false;
  let isMarked = false;
  const view = new EditorView({
    root: shadow,
    parent: shadow,
    state: EditorState.create({
      extensions: [
        lineNumbers(),
        history(),
        bracketMatching(),
        python(),
        syntaxHighlighting(highlighting),
        look,
        autocompletion({ override: [complete], icons: false }),
        keymap.of([LEAVE, ...completionKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": text("code"), "aria-multiline": "true", spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !showing) {
            onEdit(update.state.doc.toString());
          }
        }),
      ],
    }),
  });
  return {
    root,
    show(code) {
      const now = view.state.doc.toString();
      if (now === code) {
        view.requestMeasure(); // the code may have been written before the editor was on the page, where lines have no height
        return;
      }
      showing = true;
      view.dispatch({ changes: { from: 0, to: now.length, insert: code } });
      showing = false;
    },
    mark(problems) {
      if (isMarked || problems.length > 0) {
        view.dispatch(setDiagnostics(view.state, diagnosticsOf(problems, view.state.doc.length)));
      }
      isMarked = problems.length > 0;
    },
  };
};

function diagnosticsOf(problems: readonly Problem[], length: number): Diagnostic[] {
  return problems.map((problem) => ({
    from: Math.min(problem.from, length),
    to: Math.min(Math.max(problem.to, problem.from + 1), length),
    severity: "error",
    message: said(problem),
  }));
}
