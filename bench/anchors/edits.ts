/** Ten kinds of edit, with the truth about one line: where it is afterwards, or that it is gone. */
import type { SeededRandom } from './random.ts';

/** A line that knows whether it descends from the commented one. */
export interface MarkedLine {
  readonly text: string;
  readonly marked: boolean;
  /** Its line in the old text, 0-based; -1 for a new one. */
  readonly origin: number;
}

export interface EditContext {
  readonly random: SeededRandom;
  /** Lines of another file in the same language: what new code looks like. */
  readonly foreign: readonly string[];
}

type Edit = (lines: readonly MarkedLine[], context: EditContext) => MarkedLine[];

const plain = (text: string): MarkedLine => ({ text, marked: false, origin: -1 });
const withText = (line: MarkedLine, text: string): MarkedLine => ({ ...line, text });
const isBlank = (line: MarkedLine | undefined): boolean => line === undefined || line.text.trim() === '';
const markAt = (lines: readonly MarkedLine[]): number => lines.findIndex((line) => line.marked);

function foreignLines({ random, foreign }: EditContext, count: number): MarkedLine[] {
  const from = random.int(0, Math.max(0, foreign.length - count));
  return foreign.slice(from, from + count).map(plain);
}

function splice(lines: readonly MarkedLine[], at: number, remove: number, insert: readonly MarkedLine[]): MarkedLine[] {
  return [...lines.slice(0, at), ...insert, ...lines.slice(at + remove)];
}

/** The stretch around the mark, grown to blank lines where they are near: [from, to). */
function blockAround(lines: readonly MarkedLine[], random: SeededRandom): [number, number] {
  const mark = markAt(lines);
  let from = Math.max(0, mark - random.int(0, 8));
  let to = Math.min(lines.length, mark + 1 + random.int(1, 8));
  for (let i = mark; i >= from; i--) if (isBlank(lines[i - 1])) { from = i; break; }
  for (let i = mark + 1; i <= to; i++) if (isBlank(lines[i])) { to = i; break; }
  return [from, to];
}

const WORD = /[A-Za-z_]\w{2,}/g;

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** Changes one word, or adds one where there is none to change. */
function lightly(text: string, { random, foreign }: EditContext): string {
  const words = [...text.matchAll(WORD)];
  const others = wordsOf(random.pick(foreign.filter((line) => wordsOf(line).length > 0)));
  if (words.length === 0) return random.pick([`${text},`, `${text};`, `${text})`, `${text.slice(0, -1)}]`, `${text} // ${others[0] ?? 'value'}`]);
  const word = random.pick(words);
  return text.slice(0, word.index) + random.pick(others) + text.slice(word.index + word[0].length);
}

/** Changes about half of the words. */
function heavily(text: string, context: EditContext): string {
  const words = [...text.matchAll(WORD)].length;
  let out = text;
  for (let i = 0; i < Math.max(2, Math.round(words / 2)); i++) out = lightly(out, context);
  return out;
}

const insertAbove: Edit = (lines, context) => {
  let out = [...lines];
  for (let n = context.random.int(1, 3); n > 0; n--) {
    const at = context.random.chance(0.3) ? markAt(out) : context.random.int(0, markAt(out));
    out = splice(out, at, 0, foreignLines(context, context.random.int(1, 25)));
  }
  return out;
};

const deleteNear: Edit = (lines, { random }) => {
  const mark = markAt(lines);
  const count = random.int(1, 5);
  if (random.chance(0.5)) return splice(lines, Math.min(lines.length - 1, mark + 1 + random.int(0, 1)), count, []);
  const to = Math.max(0, mark - random.int(0, 1));
  return splice(lines, Math.max(0, to - count), Math.min(count, to), []);
};

const editLine: Edit = (lines, context) => {
  const mark = markAt(lines);
  const line = lines[mark] as MarkedLine;
  const change = context.random.chance(0.6) ? lightly : heavily;
  const out = splice(lines, mark, 1, [withText(line, change(line.text, context))]);
  // Often the neighbour changes with it, or a line comes with the change.
  if (context.random.chance(0.3) && mark + 1 < out.length) return splice(out, mark + 1, 1, [withText(out[mark + 1] as MarkedLine, lightly((out[mark + 1] as MarkedLine).text, context))]);
  if (context.random.chance(0.3)) return splice(out, context.random.chance(0.5) ? mark : mark + 1, 0, foreignLines(context, context.random.int(1, 3)));
  return out;
};

const rename: Edit = (lines, context) => {
  const mark = markAt(lines);
  const words = ((lines[mark] as MarkedLine).text.match(WORD) ?? []).filter((word) => word.length > 3);
  const names = words.length > 0 ? words : (lines.find((line) => /[A-Za-z_]\w{3,}/.test(line.text))?.text.match(WORD) ?? ['x']);
  const name = context.random.pick(names);
  const to = context.random.pick([`${name}2`, `next${name}`, 'renamedThing', `the_${name}`, 'q']);
  const pattern = new RegExp(`\\b${name}\\b`, 'g');
  return lines.map((line) => withText(line, line.text.replace(pattern, to)));
};

/** Breaks a line after its first opening bracket and before its last closing one. */
function wrap(line: MarkedLine): MarkedLine[] {
  const parts = /^(\s*)(.*?[([{,]) *(\S.*?) *([)\]}][^)\]}]*)$/.exec(line.text);
  if (!parts) return [line];
  const [, indent = '', head = '', middle = '', tail = ''] = parts;
  return [withText(line, indent + head), plain(`${indent}  ${middle}`), plain(indent + tail)];
}

const reformat: Edit = (lines, { random }) => {
  const style = random.pick(['wider', 'tabs', 'wrap mark', 'wrap long']);
  return lines.flatMap((line) => {
    const indent = /^[ \t]*/.exec(line.text)?.[0] ?? '';
    const rest = line.text.slice(indent.length);
    const columns = indent.replaceAll('\t', '    ').length;
    if (style === 'wider') return [withText(line, ' '.repeat(columns * 2) + rest)];
    if (style === 'tabs') return [withText(line, indent.includes('\t') ? ' '.repeat(columns) + rest : '\t'.repeat(Math.ceil(columns / 2)) + rest)];
    return style === 'wrap mark' ? (line.marked ? wrap(line) : [line]) : line.text.length > 60 || line.marked ? wrap(line) : [line];
  });
};

/** A place at least 10 lines away from a stretch that was cut out at `from`. */
function elsewhere(rest: readonly MarkedLine[], from: number, random: SeededRandom): number {
  const places = rest.map((_, i) => i).filter((i) => Math.abs(i - from) >= 10);
  const atBlanks = places.filter((i) => isBlank(rest[i]));
  return random.pick(atBlanks.length > 0 && random.chance(0.7) ? atBlanks : places.length > 0 ? places : [0]);
}

const moveBlock: Edit = (lines, { random }) => {
  const [from, to] = blockAround(lines, random);
  const rest = splice(lines, from, to - from, []);
  return splice(rest, elsewhere(rest, from, random), 0, lines.slice(from, to));
};

const moveAndEdit: Edit = (lines, context) => {
  const [from, to] = blockAround(lines, context.random);
  const block = lines.slice(from, to).map((line) => (context.random.chance(0.4) ? withText(line, lightly(line.text, context)) : line));
  const rest = splice(lines, from, to - from, []);
  return splice(rest, elsewhere(rest, from, context.random), 0, block);
};

const duplicate: Edit = (lines, context) => {
  const { random } = context;
  const [from, to] = blockAround(lines, random);
  const edited = random.chance(0.7);
  const copy = lines.slice(from, to).map(({ text }) => plain(edited && random.chance(0.4) ? lightly(text, context) : text));
  const where = random.next();
  return splice(lines, where < 0.4 ? from : where < 0.8 ? to : elsewhere(lines, from, random), 0, copy);
};

const deleteMarked: Edit = (lines, context) => {
  const mark = markAt(lines);
  if (context.random.chance(0.4)) return splice(lines, mark, 1, []);
  const [from, to] = blockAround(lines, context.random);
  const replacement = to - from > 2 && context.random.chance(0.5) ? foreignLines(context, context.random.int(1, 8)) : [];
  return splice(lines, from, to - from, replacement);
};

/** Edits somewhere, which leave the mark alone. */
function background(lines: readonly MarkedLine[], context: EditContext): MarkedLine[] {
  const { random } = context;
  let out = [...lines];
  for (let n = random.int(2, 8); n > 0; n--) {
    const at = random.int(0, out.length - 1);
    const what = random.next();
    if (what < 0.4) out = splice(out, at, 0, foreignLines(context, random.int(1, 12)));
    else if (what < 0.7) out = out.map((line, i) => (i >= at && i < at + 3 && !line.marked ? withText(line, lightly(line.text, context)) : line));
    else out = out.filter((line, i) => i < at || i >= at + 4 || line.marked);
  }
  return out;
}

const several: Edit = (lines, context) => background(context.random.pick([insertAbove, deleteNear, editLine, rename, moveBlock, deleteMarked])(lines, context), context);

export const EDITS: Readonly<Record<string, Edit>> = {
  'insert above': insertAbove,
  'delete near': deleteNear,
  'edit the line': editLine,
  'rename an identifier': rename,
  reformat,
  'move the block': moveBlock,
  'move and edit the block': moveAndEdit,
  'duplicate the block': duplicate,
  'delete line or block': deleteMarked,
  'several at once': several,
};
