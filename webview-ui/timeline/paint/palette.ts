/** The theme's colours as numbers, from the style sheet's own variables. */
import { colour, flatten, parseColour, type Colour } from './raster.ts';

export interface Palette {
  readonly background: Colour;
  readonly foreground: Colour;
  readonly muted: Colour;
  /** Every second lane. */
  readonly stripe: Colour;
  readonly grid: Colour;
  readonly midnight: Colour;
  readonly now: Colour;
  readonly focus: string;
  readonly hover: string;
  readonly badge: Colour;
  readonly badgeText: Colour;
  readonly bar: Colour;
  /** By rating; 0 is unrated. */
  readonly ratings: readonly Colour[];
  readonly font: string;
}

/** @param host An element of the page; a probe is put into it for a moment. */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement('span');
  host.append(probe);
  const css = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const white = colour(255, 255, 255);
  const background = flatten(white, parseColour(css('--tl-background'), white));
  const solid = (name: string) => flatten(background, parseColour(css(name), colour(128, 128, 128)));
  const palette: Palette = {
    background,
    foreground: solid('--tl-foreground'),
    muted: solid('--tl-muted'),
    stripe: solid('--tl-stripe'),
    grid: solid('--tl-grid'),
    midnight: solid('--tl-midnight'),
    now: solid('--tl-now'),
    focus: css('--tl-focus'),
    hover: css('--tl-foreground'),
    badge: solid('--tl-badge'),
    badgeText: solid('--tl-badge-text'),
    bar: solid('--tl-bar'),
    ratings: [0, 1, 2, 3, 4, 5].map((rating) => solid(`--tl-rating-${rating}`)),
    font: getComputedStyle(host).fontFamily,
  };
  probe.remove();
  return palette;
}

/** Calls when the theme, the screen's contrast or its density may have changed. @returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id', 'data-vscode-theme-kind'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', listener);
  };
}
