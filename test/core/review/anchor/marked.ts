import type { LineRange } from '../../../../src/core/review/anchor/index.ts';

/** A text in which `‹1›` at the beginning of lines marks the range 1, `‹2›` the range 2, and so on. */
export interface Marked {
  readonly text: string;
  readonly ranges: ReadonlyMap<string, LineRange>;
}

export function parseMarked(source: string): Marked {
  const ranges = new Map<string, LineRange>();
  const lines = source.replace(/^\n/, '').split('\n').map((line, index) => {
    const mark = /^((?:‹\w›)+)/.exec(line);
    if (!mark?.[1]) return line;
    for (const [, name] of mark[1].matchAll(/‹(\w)›/g)) {
      ranges.set(name!, { start: ranges.get(name!)?.start ?? index + 1, end: index + 1 });
    }
    return line.slice(mark[1].length);
  });
  return { text: lines.join('\n'), ranges };
}
