/** Where the hidden parts of a note go when its visible text was written anew. */
import { linesOf, type Line } from './orgLines.ts';
import type { VisibleNote } from './visible.ts';

/**
 * The text of the file with new visible text, and the hidden stretches where they were: each behind
 * the text that it stood behind, wherever that is now, and never so that it would take visible text
 * below itself.
 *
 * @param text Of the file before. @param seen What was visible of it. @param content What is to be; ends with a line.
 */
export function withHidden(text: string, { section, hidden }: Pick<VisibleNote, 'section' | 'hidden'>, seen: string, content: string): string {
  const [before, after] = [linesOf(seen), linesOf(content)];
  const lineIn = lineMap(before, after);
  let offset = section.start;
  let old = 0;
  const places = hidden.map(({ start, end, level }) => {
    while ((before[old]?.start ?? Infinity) < start - offset) old++;
    offset += end - start;
    const line = Math.max(lineIn(old), section.level > 0 ? 1 : 0);
    return { at: level === undefined ? behindDrawer(after, line, content.length) : nextPlace(after, line, level, content.length), level: level ?? Infinity, text: text.slice(start, end) };
  });
  // At one place the deepest comes first, so that it does not come to lie below another.
  places.sort((a, b) => a.at - b.at || b.level - a.level);
  let result = '';
  let past = 0;
  for (const { at, text: part } of places) {
    result += content.slice(past, at);
    result += part.endsWith('\n') ? part : `${part}\n`;
    past = at;
  }
  return text.slice(0, section.start) + result + content.slice(past) + text.slice(section.end);
}

/** Gives, for a place before a line of the old text, the line of the new text that it is before: behind the nearest text above that both have. */
function lineMap(before: readonly Line[], after: readonly Line[]): (line: number) => number {
  const same = (a: number, b: number) => before[a] !== undefined && before[a].text === after[b]?.text;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && same(head, head)) head++;
  let tail = 0;
  while (tail < shorter - head && same(before.length - 1 - tail, after.length - 1 - tail)) tail++;
  const [old, now] = [onlyOnes(before), onlyOnes(after)];
  return (line) => {
    if (line <= head) return line;
    if (line > before.length - tail) return line + after.length - before.length;
    for (let above = line - 1; above >= head; above--) {
      const text = before[above]?.text ?? '';
      const found = old.get(text) === above ? now.get(text) : undefined;
      if (found === undefined) continue;
      let more = 1;
      while (above + more < line && same(above + more, found + more)) more++;
      return found + more;
    }
    return line === before.length - tail ? after.length - tail : head;
  };
}

/** Lines that occur once, with their index. */
function onlyOnes(lines: readonly Line[]): Map<string, number | undefined> {
  const found = new Map<string, number | undefined>();
  lines.forEach(({ text }, at) => found.set(text, found.has(text) ? undefined : at));
  return found;
}

/** The first place from a line on that is in no drawer, and not between a headline and its drawer. */
function behindDrawer(lines: readonly Line[], from: number, end: number): number {
  return lines.slice(from).find(({ text }) => !/^[ \t]*(?::\S+:|CLOSED:|DEADLINE:|SCHEDULED:)/.test(text))?.start ?? end;
}

/** The first place from a line on where a headline of this level does not swallow text: before a headline as high as it, or at the end. */
function nextPlace(lines: readonly Line[], from: number, level: number, end: number): number {
  const pattern = new RegExp(`^\\*{1,${level}} `);
  for (let at = from; at < lines.length; at++) if (pattern.test(lines[at]?.text ?? '')) return lines[at]?.start ?? end;
  return end;
}
