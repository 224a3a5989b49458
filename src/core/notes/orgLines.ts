/** Lines of an org text that are text: not those of source and example blocks, comments and drawers. */

/** Links, and tags in a text, are not looked for further on in a file. Nobody writes so much; a program may. */
export const LOOKED_THROUGH = 1_000_000;

export interface Line {
  readonly text: string;
  readonly start: number;
  /** After its line break. */
  readonly end: number;
}

export function linesOf(text: string, from = 0, to = text.length): Line[] {
  const lines: Line[] = [];
  for (let start = from; start < to; ) {
    const at = text.indexOf('\n', start);
    const end = at < 0 || at >= to ? to : at + 1;
    lines.push({ text: text.slice(start, end).replace(/\r?\n$/, ''), start, end });
    start = end;
  }
  return lines;
}

/** Blocks whose content is not org; in a verse, links and the like are, but no keywords. */
const [BEGIN, END] = [/^[ \t]*#\+begin_(src|example|export|comment|verse)\b/i, /^[ \t]*#\+end_(src|example|export|comment|verse)[ \t]*$/i];

/** The lines from `from` on that org reads. A block that has no end among them is none. */
export function readable(lines: readonly Line[], from: number, { verses = true } = {}): Line[] {
  const ends = new Map<string, number[]>();
  for (let i = lines.length - 1; i >= from; i--) {
    const type = END.exec(lines[i]?.text ?? '')?.[1]?.toLowerCase();
    if (type === undefined) continue;
    const known = ends.get(type);
    if (known) known.push(i);
    else ends.set(type, [i]);
  }
  const kept: Line[] = [];
  for (let i = from; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined) break;
    const type = BEGIN.exec(line.text)?.[1]?.toLowerCase();
    if (type === undefined || (verses && type === 'verse')) {
      if (!/^[ \t]*[#:]([ \t]|$)/.test(line.text)) kept.push(line);
      continue;
    }
    // From the last end to the first, so that those that are passed go from the back.
    const own = ends.get(type) ?? [];
    while ((own.at(-1) ?? i) < i) own.pop();
    i = own.at(-1) ?? i;
  }
  return kept;
}

/** The line of dates that may stand between a headline and its drawer. */
export const PLANNING = /^[ \t]*(CLOSED|DEADLINE|SCHEDULED):/;

export interface Drawer {
  /** Names in capitals, values without blanks around them, in order. */
  readonly entries: readonly (readonly [name: string, value: string])[];
  /** Index of the line after `:END:`. */
  readonly next: number;
}

/** The property drawer at a line; `broken` when it begins but is no valid one, which Emacs reads as no drawer at all. */
export function drawerAt(lines: readonly Line[], at: number): Drawer | 'broken' | undefined {
  if (!/^[ \t]*:PROPERTIES:[ \t]*$/i.test(lines[at]?.text ?? '')) return undefined;
  const entries: [string, string][] = [];
  for (let i = at + 1; i < lines.length; i++) {
    const text = lines[i]?.text ?? '';
    if (/^[ \t]*:END:[ \t]*$/i.test(text)) return { entries, next: i + 1 };
    const match = /^[ \t]*:(\S+):(?:[ \t]+(.*))?$/.exec(text);
    if (!match) return 'broken';
    entries.push([(match[1] ?? '').toUpperCase(), (match[2] ?? '').trim()]);
  }
  return 'broken';
}
