/** The theme's colours as numbers, from the style sheet's own variables. */
import { themeColours } from '../../shared/colours.ts';
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

export function readPalette(host: HTMLElement): Palette {
  return themeColours(host, (css) => {
    const white = colour(255, 255, 255);
    const background = flatten(white, parseColour(css('--tl-background'), white));
    const solid = (name: string) => flatten(background, parseColour(css(name), colour(128, 128, 128)));
    return {
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
  });
}
