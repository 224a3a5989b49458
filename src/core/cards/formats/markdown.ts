/**
 * Cards in Markdown as the Obsidian plugin "Spaced Repetition" has them: `question::answer`,
 * `question:::answer` for both ways, lines with a `?` (`??` for both ways) between question and
 * answer up to a blank line, clozes `==hidden==` and `{{c1::hidden}}`; a line `#flashcards/deck`
 * begins a deck. What this cannot say (id, tags, notes, text of another form) stands in a comment
 * `<!--card {…}-->` below the card; a blank line of an answer is written `<!-- -->`.
 */
import type { ExchangeCard, ImportProblem, ImportResult } from './model.ts';
import { withoutBlankEnds } from './htmlToMarkdown.ts';
import { cardOfRecord, hasCloze, recordOf } from './records.ts';

const BLANK = '<!-- -->';
const deckTag = /(?:^|\s)#flashcards?((?:\/[\p{L}\p{N}_-]+)*)(?=\s|$)/u;

interface Paragraph {
  readonly line: number;
  readonly lines: string[];
  /** Lines inside a block of code, by index. */
  readonly code: Set<number>;
}

export function importMarkdown(text: string): ImportResult {
  const paragraphs = paragraphsOf(text);
  const isTagged = paragraphs.some(({ lines, code }) => lines.some((line, i) => !code.has(i) && deckTag.test(line)));
  const cards: ExchangeCard[] = [];
  const problems: ImportProblem[] = [];
  let deck: string | undefined = isTagged ? undefined : '';
  for (const paragraph of paragraphs) {
    const own = takeDeck(paragraph);
    if (own !== undefined) deck = own;
    if (deck === undefined) continue;
    for (const { line, values } of cardsIn(paragraph)) {
      const card = cardOfRecord(recordOf({ ...(deck !== '' && { project: deck }), ...values }));
      if (typeof card === 'string') problems.push({ at: `line ${line}`, message: card });
      else cards.push(card);
    }
  }
  return { format: 'markdown', cards, problems, cut: 0, media: [], noteTypes: [] };
}

/** Runs of lines without a blank one between them; inside a block of code, blank lines are code. */
function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let current: Paragraph | undefined;
  let fence: string | undefined;
  text.split(/\r?\n/).forEach((line, i) => {
    if (fence === undefined && line.trim() === '') {
      current = undefined;
      return;
    }
    if (current === undefined) {
      current = { line: i + 1, lines: [], code: new Set() };
      paragraphs.push(current);
    }
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined || mark !== undefined) current.code.add(current.lines.length);
    if (fence === undefined) fence = mark;
    else if (line.trim() === fence) fence = undefined;
    current.lines.push(line);
  });
  return paragraphs;
}

/** Takes a deck's tag out of the paragraph, and the line with it when there is nothing else on it. */
function takeDeck({ lines, code }: Paragraph): string | undefined {
  let deck: string | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const found = code.has(i) ? null : deckTag.exec(line);
    if (found === null) continue;
    deck = (found[1] ?? '').slice(1);
    lines[i] = line.replace(deckTag, '').trimEnd();
  }
  return deck;
}

interface Found {
  readonly line: number;
  readonly values: Record<string, unknown>;
}

function cardsIn({ line: first, lines, code }: Paragraph): Found[] {
  const found: Found[] = [];
  const separator = lines.findIndex((line, i) => !code.has(i) && /^\?\??\s*$/.test(line));
  const attached = commentsIn(lines, code);
  if (separator > 0) {
    const isReversed = lines[separator]?.trim() === '??';
    const text = (from: number, to: number) => withoutBlankEnds(lines.slice(from, to).filter((_, i) => !attached.has(from + i)).map(unescapeLine).join('\n'));
    const values = { question: text(0, separator).replace(/^#+ +/, ''), answer: text(separator + 1, lines.length), ...(isReversed && { kind: 'reversed' }) };
    return [{ line: first, values: Object.assign(values, ...attached.values()) as Record<string, unknown> }];
  }
  let cloze: string[] = [];
  lines.forEach((line, i) => {
    const more = attached.get(i);
    const last = found.at(-1);
    if (more !== undefined) {
      if (cloze.length > 0) found.push({ line: first + i, values: { ...clozeOf(cloze), ...more } });
      else if (last !== undefined) Object.assign(last.values, more);
      cloze = [];
      return;
    }
    const single = code.has(i) ? undefined : singleLine(line);
    if (single !== undefined) found.push({ line: first + i, values: single });
    else if (line.trim() !== '') cloze.push(line);
  });
  const text = cloze.join('\n');
  if (hasCloze(text) || cloze.some((line, i) => !code.has(i) && /==[^=\s](?:[^=]*[^=\s])?==/.test(line))) found.push({ line: first, values: clozeOf(cloze) });
  return found;
}

function clozeOf(lines: readonly string[]): Record<string, unknown> {
  const text = lines.map(unescapeLine).join('\n').trim();
  let number = 0;
  return { question: hasCloze(text) ? text : text.replace(/==([^=\s](?:[^=]*[^=\s])?)==/g, (_, inner: string) => `{{c${(number += 1)}::${inner}}}`), answer: '', kind: 'cloze' };
}

/** `question::answer` or `question:::answer`, outside inline code. */
function singleLine(line: string): Record<string, unknown> | undefined {
  if (!line.includes('::')) return undefined;
  const token = /`+|:{2,}|\{\{c\d{1,3}::/g;
  for (let found = token.exec(line); found !== null; found = token.exec(line)) {
    const [mark] = found;
    if (mark.startsWith('{')) return undefined;
    if (mark.startsWith('`')) {
      const close = line.indexOf(mark, token.lastIndex);
      if (close !== -1) token.lastIndex = close + mark.length;
      continue;
    }
    const question = line.slice(0, found.index).trim().replace(/^(?:[-*+]|#+) +/, '');
    const answer = line.slice(token.lastIndex).trim();
    if (mark.length > 3 || question === '' || answer === '') return undefined;
    return { question, answer, ...(mark === ':::' && { kind: 'reversed' }) };
  }
  return undefined;
}

/** What comments say about the card above them: ours, and the plugin's schedule. */
function commentsIn(lines: string[], code: ReadonlySet<number>): Map<number, Record<string, unknown>> {
  const comments = new Map<number, Record<string, unknown>>();
  lines.forEach((line, i) => {
    if (code.has(i)) return;
    const ours = /^<!--card (\{.*\})-->\s*$/.exec(line)?.[1];
    if (ours !== undefined) {
      const values = jsonObject(ours);
      if (values !== undefined) comments.set(i, values);
      return;
    }
    const start = line.indexOf('<!--SR:');
    if (start === -1) return;
    const schedule = /^<!--SR:!?(\d{4}-\d\d-\d\d),(\d+(?:\.\d+)?),(\d+)/.exec(line.slice(start));
    lines[i] = line.slice(0, start).trimEnd();
    if (schedule !== null && lines[i] === '') comments.set(i, { algorithm: 'sm2', due: schedule[1], interval: Number(schedule[2]), ease: Number(schedule[3]) / 100, reps: 1 });
  });
  return comments;
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const unescapeLine = (line: string) => (line === BLANK ? '' : /^\\+\?\??\s*$/.test(line) ? line.slice(1) : line);

/** Text as lines that are read back as the same. */
function escapedLines(text: string): string {
  let fence: string | undefined;
  return text
    .split('\n')
    .map((line) => {
      const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
      if (fence !== undefined) {
        if (line.trim() === fence) fence = undefined;
        return line;
      }
      fence = mark;
      return line.trim() === '' ? BLANK : /^\\*\?\??\s*$/.test(line) ? `\\${line}` : line;
    })
    .join('\n');
}

/** One file for all cards, each deck under its tag in the order in which decks first appear. */
export function exportMarkdown(cards: readonly ExchangeCard[]): string {
  const decks = new Map<string, ExchangeCard[]>();
  for (const card of cards) {
    const path = (card.project ?? '').split('/').every((part) => /^[\p{L}\p{N}_-]+$/u.test(part)) ? (card.project ?? '') : '';
    const deck = decks.get(path);
    if (deck === undefined) decks.set(path, [card]);
    else deck.push(card);
  }
  return [...decks].map(([path, deck]) => `#flashcards${path === '' ? '' : `/${path}`}\n\n${deck.map((card) => entry(card, path)).join('\n')}`).join('\n');
}

function entry(card: ExchangeCard, deck: string): string {
  const more = {
    ...(card.id !== undefined && { id: card.id }),
    ...((card.project ?? '') !== deck && { project: card.project ?? '' }),
    ...(card.tags !== undefined && card.tags.length > 0 && { tags: card.tags }),
    ...(card.notes !== undefined && card.notes !== '' && { notes: card.notes }),
  };
  const kind = card.kind ?? 'basic';
  const texts = { question: card.question, answer: card.answer, kind };
  const reversed = kind === 'reversed';
  const forms =
    kind === 'cloze' && card.answer === ''
      ? [escapedLines(card.question)]
      : [`${card.question}${reversed ? ':::' : '::'}${card.answer}`, `${escapedLines(card.question)}\n${reversed ? '??' : '?'}\n${escapedLines(card.answer)}`];
  // The plainest form that says the same; when none does, the comment says it.
  for (const form of forms) {
    for (const extra of [more, { ...more, kind }]) {
      const written = withComment(form, extra);
      if (isSame(written, texts)) return written;
    }
  }
  return withComment(kind === 'cloze' && card.answer === '' ? harmless(card.question) : `${harmless(card.question)}\n?\n${harmless(card.answer)}`, { ...more, ...texts });
}

/** Lines to look at only: none of them means anything here. */
function harmless(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => (line.trim() === '' ? BLANK : line.replace(/^(\s*)(?=[`~]{3}|\?)/, '$1\\').replaceAll('<!--', '&lt;!--').replace(/#(?=flashcard)/g, '\\#')));
  return lines.join('\n');
}

function isSame(written: string, texts: { question: string; answer: string; kind: string }): boolean {
  const { cards } = importMarkdown(written);
  const [card] = cards;
  return cards.length === 1 && card?.question === texts.question && card.answer === texts.answer && (card.kind ?? 'basic') === texts.kind;
}

/** Inside a comment no `--` may stand. */
const withComment = (text: string, more: object) => `${text}\n${Object.keys(more).length === 0 ? '' : `<!--card ${JSON.stringify(more).replaceAll('--', '-\\u002d')}-->\n`}`;
