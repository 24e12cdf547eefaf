/** How curves are told from each other, also without colour: Okabe-Ito colours and dashes, as in the site's figures. */

export interface Look {
  colour: string;
  dashes: readonly number[];
}

export interface Palette {
  curves: readonly string[];
  text: string;
  axis: string;
  grid: string;
  background: string;
}

const DASHES = [[], [8, 3], [2, 2], [9, 3, 2, 3], [14, 5]];

/** The colours as the stylesheet names them, which follow the theme by themselves. */
export const VARIABLES: Pick<Palette, "curves"> = {
  curves: [1, 2, 3, 4, 5].map((index) => `var(--lr-curve-${index})`),
};

/** Return the look of the curve with this index. */
export function lookOf(palette: Pick<Palette, "curves">, index: number): Look {
  const colour = palette.curves[index % palette.curves.length] as string;
  // Beyond the five colours, the same colour comes back with other dashes.
  const dashes = DASHES[(index + Math.floor(index / palette.curves.length)) % DASHES.length] as number[];
  return { colour, dashes };
}

/** Read the colours of the present theme from the stylesheet. */
export function paletteOf(host: HTMLElement): Palette {
  const style = getComputedStyle(host);
  const read = (name: string): string => style.getPropertyValue(`--lr-${name}`).trim();
  return {
    curves: [1, 2, 3, 4, 5].map((index) => read(`curve-${index}`)),
    text: read("chart-text"),
    axis: read("chart-axis"),
    grid: read("chart-grid"),
    background: read("chart-background"),
  };
}

/** Read the colours of a theme, `light` or `dark`, whatever the page has; any other word is the page's own. */
export function paletteIn(host: HTMLElement, theme: string): Palette {
  const probe = document.createElement("div");
  probe.className = `lr-in-${theme}`;
  host.append(probe);
  const palette = paletteOf(probe);
  probe.remove();
  return palette;
}

/** Call `act` whenever the page's theme changes, by the reader's button or by the system. */
export function onThemeChange(act: () => void): void {
  new MutationObserver(act).observe(document.body, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
}
