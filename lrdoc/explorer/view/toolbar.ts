/** The buttons below the chart. */

import type { Line } from "./chart.ts";
import { copy } from "./clipboard.ts";
import { copyButton } from "./codebox.ts";
import { button, element, write } from "./dom.ts";
import { embedding } from "./embed.ts";
import { csv, heldSteps, PIXELS, png, type Shown, save, svg } from "./export.ts";
import { toggle } from "./fields.ts";
import { type Palette, paletteIn } from "./look.ts";
import { Player } from "./player.ts";
import type { Stage } from "./stage.ts";
import { text } from "./strings.ts";

export interface Actions {
  pin: () => void;
  log: () => void;
  reset: () => void;
  /** The address that shows the present state. */
  link: () => string;
  /** The curves that are shown, once they have all the steps that they can have. */
  lines: () => Promise<readonly Line[]>;
  /** The number of their steps. */
  steps: () => number;
  isLog: () => boolean;
  /** The beginning of a file's name. */
  name: string;
}

export class Toolbar {
  readonly root: HTMLElement;
  readonly player: Player;
  readonly #play: HTMLButtonElement;
  readonly #pin: HTMLButtonElement;
  readonly #log: HTMLButtonElement;
  readonly #hold: HTMLButtonElement;
  readonly #reset: HTMLButtonElement;

  constructor(stage: Stage, actions: Actions) {
    this.player = new Player(stage.chart, (playing) => {
      this.#play.textContent = text(playing ? "stop" : "play");
    });
    this.#play = button(text("play"), () => (this.player.playing ? this.player.stop() : this.player.play()));
    this.#pin = button(text("pin"), actions.pin);
    this.#log = toggle(text("log"), actions.log);
    this.#hold = toggle(text("hold"), () => {
      const held = this.#hold.getAttribute("aria-pressed") !== "true";
      this.#hold.setAttribute("aria-pressed", String(held));
      stage.hold(held);
    });
    this.#reset = button(text("reset"), actions.reset);
    const files = new Files(stage, actions);
    this.root = element(
      "div",
      { class: "lr-toolbar" },
      this.#play,
      this.#pin,
      this.#log,
      this.#hold,
      this.#reset,
      copyButton(text("copyLink"), actions.link, copy),
      copyButton(text("copyEmbed"), () => embedding(actions.link(), document.title), copy),
      files.root,
      files.said,
    );
  }

  /** `undoes` tells whether Reset brings back what it has taken away. */
  show(canPin: boolean, log: boolean, undoes: boolean): void {
    this.#pin.disabled = !canPin;
    write(this.#reset, text(undoes ? "undoReset" : "reset"));
    this.#log.setAttribute("aria-pressed", String(log));
  }
}

/** What a file is made of. */
interface Content {
  readonly lines: readonly Line[];
  readonly palette: Palette;
  readonly shown: Omit<Shown, "words">;
}

/** What is told of a file: the key of a text. */
type Told = "savedAll" | "savedSome" | "savedExtremes";

const KINDS: Readonly<Record<string, (content: Content, words: string) => Promise<Blob>>> = {
  SVG: async ({ lines, palette, shown }, words) =>
    new Blob([svg(lines, palette, { ...shown, words })], { type: "image/svg+xml" }),
  PNG: ({ lines, palette, shown }, words) => png(svg(lines, palette, { ...shown, words })),
  CSV: async ({ lines }) => new Blob(await csv(lines), { type: "text/csv" }),
};

/** The buttons that save files, the choice of their colours, and a line that tells what the last one holds. */
class Files {
  readonly root: HTMLElement;
  readonly said = element("p", { class: "lr-hint lr-saved", role: "status" });
  readonly #theme: HTMLSelectElement;
  readonly #stage: Stage;
  readonly #actions: Actions;

  constructor(stage: Stage, actions: Actions) {
    this.#stage = stage;
    this.#actions = actions;
    const themes = ["page", "light", "dark"].map((value) => element("option", { value }, text(`files_${value}`)));
    this.#theme = element("select", { class: "lr-select", "aria-label": text("filesTheme") }, ...themes);
    const label = { class: "lr-exports", role: "group", "aria-label": text("save") };
    const buttons = Object.keys(KINDS).map((kind) =>
      button(kind, () => this.#save(kind), { "aria-label": text("saveAs", { kind }) }),
    );
    this.root = element("span", label, this.#theme, ...buttons);
  }

  async #save(kind: string): Promise<void> {
    const lines = await this.#actions.lines();
    const [steps, held] = [this.#actions.steps(), heldSteps(lines)];
    const name = `${this.#actions.name}.${kind.toLowerCase()}`;
    const some = lines.some(({ places }) => places !== undefined);
    const key: Told = some ? "savedSome" : kind === "CSV" || steps <= PIXELS ? "savedAll" : "savedExtremes";
    const words = text(key, { name, steps, held });
    const { stretch, kept } = this.#stage.chart;
    const palette = paletteIn(this.#stage.root, this.#theme.value);
    const content = { lines, palette, shown: { log: this.#actions.isLog(), steps, stretch, kept } };
    save(name, await (KINDS[kind] as (content: Content, words: string) => Promise<Blob>)(content, words));
    this.said.textContent = words;
  }
}
