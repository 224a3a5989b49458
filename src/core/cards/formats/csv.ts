/** Cards as CSV (RFC 4180) or Anki's tab-separated text. */
import type { ExchangeCard, ImportProblem, ImportResult } from './model.ts';
import { htmlToMarkdown } from './htmlToMarkdown.ts';
import { exportedCard } from './json.ts';
import { cardOfRecord, partOf } from './records.ts';

const separators: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', tab: '\t', space: ' ', pipe: '|', colon: ':' };

/**
 * Cards from a table. The separator is what `#separator:` or `sep=` says, else the one of `,` `;` tab
 * `|` that divides the first lines. A header may name the columns in any order; without one they are
 * question, answer, project, tags, notes, or for Anki's export the fields and the columns that its
 * `#deck column:` directives name. Problems are named by line.
 */
export function importCsv(input: string): ImportResult {
  const { directives, start, line } = directivesOf(input);
  const named = directives.get('separator')?.toLowerCase();
  const separator = named === undefined ? guessSeparator(input.slice(start, start + 64 * 1024)) : (separators[named] ?? (named.startsWith('\\t') ? '\t' : (named[0] ?? ',')));
  const { rows, unclosed } = parseRows(input, start, line, separator);
  const problems: ImportProblem[] = [];
  const cards: ExchangeCard[] = [];
  const columns = columnsOf(rows, directives, separator);
  const isHtml = directives.get('html')?.toLowerCase() === 'true';
  const inherited = {
    ...(directives.has('deck') && { project: directives.get('deck') ?? '' }),
    ...(directives.has('tags') && { tags: (directives.get('tags') ?? '').split(/\s+/).filter(Boolean) }),
  };
  for (const { cells, line } of rows) {
    if (cells.length === 1 && cells[0]?.trim() === '') continue;
    const record = new Map<string, unknown>();
    cells.forEach((cell, i) => {
      const name = columns[i];
      if (name === undefined || record.has(name) || (cell === '' && partOf(name) !== 'question' && partOf(name) !== 'answer')) return;
      const plain = unguard(cell);
      record.set(name, isHtml && ['question', 'answer', 'notes'].includes(partOf(name) ?? '') ? htmlToMarkdown(plain) : name === 'source' ? jsonOf(plain) : plain);
    });
    const card = cardOfRecord(record, inherited);
    if (typeof card === 'string') problems.push({ at: `line ${line}`, message: card });
    else cards.push(card);
  }
  if (unclosed !== undefined) problems.push({ at: `line ${unclosed}`, message: 'A quote that begins here is never closed: the text is cut off, and this card is left out.' });
  return { format: 'csv', cards, problems, cut: unclosed === undefined ? 0 : 1, media: [], noteTypes: [] };
}

interface Row {
  readonly cells: readonly string[];
  /** 1-based, of its first character. */
  readonly line: number;
}

/** Anki's `#key:value` lines and Excel's `sep=;`, which stand before all else. */
function directivesOf(text: string): { directives: Map<string, string>; start: number; line: number } {
  const directives = new Map<string, string>();
  const pattern = /(?:#([a-z][a-z ]*):([^\r\n]*)|(sep)=(.))(?:\r\n|\n|\r|$)/iy;
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  for (;;) {
    pattern.lastIndex = start;
    const found = pattern.exec(text);
    if (found === null) return { directives, start, line };
    if (found[3] === undefined) directives.set((found[1] ?? '').toLowerCase(), (found[2] ?? '').trim());
    else directives.set('separator', found[4] ?? ',');
    start = pattern.lastIndex;
    line += 1;
  }
}

/** The separator that occurs outside quotes in most of the first rows, equally often in each. */
function guessSeparator(sample: string): string {
  let best = ',';
  let bestScore = 0;
  for (const separator of [',', '\t', ';', '|']) {
    const counts = parseRows(sample, 0, 1, separator).rows.slice(0, 20).map(({ cells }) => cells.length - 1);
    const first = counts[0] ?? 0;
    const score = first === 0 ? 0 : counts.filter((count) => count === first).length + Math.min(first, 20) / 100;
    if (score > bestScore) [best, bestScore] = [separator, score];
  }
  return best;
}

function parseRows(text: string, start: number, firstLine: number, separator: string): { rows: Row[]; unclosed: number | undefined } {
  const rows: Row[] = [];
  const plain = new RegExp(`[^\\r\\n${separator === '\\' ? '\\\\' : separator === ']' || separator === '^' || separator === '-' ? `\\${separator}` : separator}]*`, 'y');
  let at = start;
  let line = firstLine;
  while (at < text.length) {
    const cells: string[] = [];
    const row = { cells, line };
    for (;;) {
      if (text[at] === '"') {
        const { value, end, lines } = quoted(text, at);
        if (end === undefined) return { rows, unclosed: line };
        at = end;
        line += lines;
        plain.lastIndex = at;
        // What stands behind a closing quote, against the rules, belongs to the cell.
        cells.push(value + (plain.exec(text)?.[0] ?? '').trimEnd());
      } else {
        plain.lastIndex = at;
        cells.push(plain.exec(text)?.[0] ?? '');
      }
      at = Math.max(at, plain.lastIndex);
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    rows.push(row);
  }
  return { rows, unclosed: undefined };
}

function quoted(text: string, open: number): { value: string; end: number | undefined; lines: number } {
  let value = '';
  let lines = 0;
  for (let from = open + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return { value, end: undefined, lines };
    const part = text.slice(from, quote);
    for (let i = part.indexOf('\n'); i !== -1; i = part.indexOf('\n', i + 1)) lines += 1;
    value += part;
    if (text[quote + 1] !== '"') return { value, end: quote + 1, lines };
    value += '"';
    from = quote + 2;
  }
}

const usual = ['question', 'answer', 'project', 'tags', 'notes'];

/** What each column is, by directives or by a header, which is taken out of `rows`. */
function columnsOf(rows: Row[], directives: ReadonlyMap<string, string>, separator: string): (string | undefined)[] {
  const given = directives.get('columns');
  const header = given === undefined ? rows[0]?.cells : given.split(separator);
  const parts = header?.map((cell) => partOf(cell));
  if (header !== undefined && parts?.includes('question') === true && (parts.includes('answer') || header.length === 1)) {
    if (given === undefined) rows.shift();
    return header.map((cell) => cell.trim().toLowerCase());
  }
  const special = new Map<number, string | undefined>();
  for (const [directive, name] of [['deck column', 'project'], ['tags column', 'tags'], ['guid column', 'id'], ['notetype column', undefined]] as const) {
    const number = Number(directives.get(directive));
    if (Number.isInteger(number) && number > 0) special.set(number - 1, name);
  }
  // Anki's export has only fields beside the columns that it names.
  const isAnkis = directives.size > 0;
  const rest = isAnkis ? ['question', 'answer', 'notes'] : [...usual];
  const width = Math.max(0, ...rows.slice(0, 100).map(({ cells }) => cells.length));
  if (isAnkis && special.size === 0 && width === 3 && !directives.has('tags')) rest[2] = 'tags';
  return Array.from({ length: width }, (_, i) => (special.has(i) ? special.get(i) : rest.shift()));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Spreadsheets run a cell that begins so as a formula; an apostrophe before it says text. One more
 * goes before text that has such apostrophes of its own, so that taking one off gives it back.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const guard = (cell: string) => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
const unguard = (cell: string) => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

const exported = ['id', 'question', 'answer', 'project', 'tags', 'notes', 'kind', 'algorithm', 'state', 'due', 'interval', 'ease', 'reps', 'lapses', 'box', 'stability', 'difficulty', 'lastReview', 'suspended', 'flag', 'createdAt', 'modifiedAt', 'note', 'ordinal', 'source'];

/** A table with a header; a spreadsheet shows what is in it and runs nothing. */
export function exportCsv(cards: readonly ExchangeCard[]): string {
  const rows = cards.map((card) => {
    const values = { ...exportedCard(card), tags: tagText(card.tags ?? []) };
    return exported.map((name) => {
      const value = (values as Record<string, unknown>)[name];
      const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
      const safe = guard(text);
      return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    });
  });
  return [exported, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** The comma at the end says that blanks belong to the tag. */
const tagText = (tags: readonly string[]) => (tags.length === 1 && /\s/.test(tags[0] ?? '') ? `${tags[0] ?? ''},` : tags.join(','));
