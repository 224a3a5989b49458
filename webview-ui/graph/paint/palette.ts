/** The theme's colours, from the style sheet's own variables. */
import { themeColours } from '../../shared/colours.ts';

export const tagColourCount = 8;

export interface Palette {
  readonly ground: string;
  readonly ink: string;
  readonly quiet: string;
  readonly link: string;
  readonly accent: string;
  /** Of notes without a coloured tag. */
  readonly plain: string;
  readonly tags: readonly string[];
  readonly font: string;
}

export function readPalette(host: HTMLElement): Palette {
  return themeColours(host, (css) => ({
    ground: css('--ground'),
    ink: css('--ink'),
    quiet: css('--quiet'),
    link: css('--graph-link'),
    accent: css('--graph-accent'),
    plain: css('--graph-plain'),
    tags: Array.from({ length: tagColourCount }, (_, n) => css(`--graph-tag-${n}`)),
    font: getComputedStyle(host).fontFamily,
  }));
}
