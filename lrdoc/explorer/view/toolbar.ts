/** The buttons below the chart. */

import type { Line } from "./chart.ts";
import { copy } from "./clipboard.ts";
import { copyButton } from "./codebox.ts";
import { button, element } from "./dom.ts";
import { csv, png, save, svg } from "./export.ts";
import { toggle } from "./fields.ts";
import { paletteOf } from "./look.ts";
import { Player } from "./player.ts";
import type { Stage } from "./stage.ts";
import { text } from "./strings.ts";

export interface Actions {
  pin: () => void;
  log: () => void;
  reset: () => void;
  /** The address that shows the present state. */
  link: () => string;
  /** The curves that are shown. */
  lines: () => readonly Line[];
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

  constructor(stage: Stage, actions: Actions) {
    this.player = new Player(stage.chart, (playing) => {
      this.#play.textContent = text(playing ? "stop" : "play");
    });
    this.#play = button(text("play"), () => (this.player.playing ? this.player.stop() : this.player.play()));
    this.#pin = toggle(text("pin"), actions.pin);
    this.#log = toggle(text("log"), actions.log);
    this.root = element(
      "div",
      { class: "lr-toolbar" },
      this.#play,
      this.#pin,
      this.#log,
      button(text("reset"), actions.reset),
      copyButton(text("copyLink"), actions.link, copy),
      element("span", { class: "lr-exports", role: "group", "aria-label": text("save") }, ...exports(stage, actions)),
    );
  }

  show(pinned: boolean, log: boolean): void {
    this.#pin.setAttribute("aria-pressed", String(pinned));
    this.#log.setAttribute("aria-pressed", String(log));
  }
}

function exports(stage: Stage, { lines, isLog, name }: Actions): HTMLElement[] {
  const offer = (kind: string, make: () => Promise<Blob> | Blob): HTMLElement =>
    button(kind, async () => save(`${name}.${kind.toLowerCase()}`, await make()), {
      "aria-label": text("saveAs", { kind }),
    });
  return [
    offer("SVG", () => new Blob([svg(lines(), paletteOf(stage.root), isLog())], { type: "image/svg+xml" })),
    offer("PNG", () => png(stage.chart.canvas as HTMLCanvasElement, paletteOf(stage.root).background)),
    offer("CSV", () => new Blob([csv(lines())], { type: "text/csv" })),
  ];
}
