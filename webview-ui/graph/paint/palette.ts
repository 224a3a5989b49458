/** The theme's colours, from the style sheet's own variables. */

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

/** @param host An element of the page; a probe is put into it for a moment. */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement('span');
  host.append(probe);
  const css = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    ground: css('--ground'),
    ink: css('--ink'),
    quiet: css('--quiet'),
    link: css('--graph-link'),
    accent: css('--graph-accent'),
    plain: css('--graph-plain'),
    tags: Array.from({ length: tagColourCount }, (_, n) => css(`--graph-tag-${n}`)),
    font: getComputedStyle(host).fontFamily,
  };
  probe.remove();
  return palette;
}
