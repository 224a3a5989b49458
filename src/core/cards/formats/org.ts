/**
 * Cards as org headings. Written: a heading tagged `:flashcard:`, the question as its title, the
 * answer as its body, indented by two; a question that is no title goes into a child heading
 * `Question` (and `Answer`), notes into a child `Notes`; deck and kind are properties. Read: also
 * org-drill (`:drill:`, child `Answer`), org-fc (`:fc:`, child `Back`) and anki-editor
 * (`ANKI_NOTE_TYPE`, children `Front` and `Back`); in a file without any of these marks every heading
 * with a body and no children is a card, and the heading above it is its deck.
 */
import type { ExchangeCard, ImportProblem, ImportResult } from './model.ts';
import { cardOfRecord } from './records.ts';

const marks = ['flashcard', 'flashcards', 'drill', 'fc'];
const sides: Readonly<Record<string, 'question' | 'answer' | 'notes'>> = { question: 'question', front: 'question', text: 'question', answer: 'answer', back: 'answer', notes: 'notes', note: 'notes', extra: 'notes', 'back extra': 'notes' };

interface Heading {
  readonly level: number;
  readonly line: number;
  readonly title: string;
  readonly tags: readonly string[];
  readonly properties: Map<string, string>;
  readonly body: string[];
  readonly children: Heading[];
  readonly parent: Heading | undefined;
}

export function importOrg(text: string): ImportResult {
  const root = outline(text);
  const all: Heading[] = [];
  const collect = (heading: Heading): void => {
    for (const child of heading.children) {
      all.push(child);
      collect(child);
    }
  };
  collect(root);
  const isMarked = all.some(isCard);
  const chosen = all.filter((heading) => (isMarked ? isCard(heading) : heading.children.length === 0 && heading.body.some((line) => line.trim() !== '')));
  const cards: ExchangeCard[] = [];
  const problems: ImportProblem[] = [];
  for (const heading of chosen) {
    const card = cardOfRecord(recordOfHeading(heading, isMarked));
    if (typeof card === 'string') problems.push({ at: `line ${heading.line}`, message: card });
    else cards.push(card);
  }
  return { format: 'org', cards, problems, cut: 0, media: [], noteTypes: [] };
}

const isCard = (heading: Heading): boolean => heading.tags.some((tag) => marks.includes(tag)) || heading.properties.has('ANKI_NOTE_TYPE');

function outline(text: string): Heading {
  const root: Heading = { level: 0, line: 0, title: '', tags: [], properties: new Map(), body: [], children: [], parent: undefined };
  let current = root;
  let state: 'planning' | 'drawer' | 'body' = 'body';
  text.split(/\r?\n/).forEach((line, i) => {
    const found = /^(\*+) +(.*)$/.exec(line);
    if (found !== null) {
      const level = found[1]?.length ?? 1;
      let parent: Heading = current;
      while (parent.level >= level && parent.parent !== undefined) parent = parent.parent;
      current = { level, line: i + 1, ...titleOf(found[2] ?? ''), properties: new Map(), body: [], children: [], parent };
      parent.children.push(current);
      state = 'planning';
    } else if (state === 'planning' && /^[ \t]*(?:CLOSED|SCHEDULED|DEADLINE):/.test(line)) {
      // A plan is no part of the text.
    } else if (state === 'planning' && /^[ \t]*:PROPERTIES:[ \t]*$/i.test(line)) state = 'drawer';
    else if (state === 'drawer') {
      const property = /^[ \t]*:(\S+):(?:[ \t]+(.*?))?[ \t]*$/.exec(line);
      if (property?.[1]?.toUpperCase() === 'END') state = 'body';
      else if (property !== null) current.properties.set((property[1] ?? '').toUpperCase(), property[2] ?? '');
    } else {
      state = 'body';
      current.body.push(line);
    }
  });
  return root;
}

/** A heading's title without keyword and priority, and its tags. */
function titleOf(heading: string): { title: string; tags: string[] } {
  const trimmed = heading.trimEnd();
  // The pattern of org, looked for at the end only: a search from every blank would be quadratic.
  const last = trimmed.slice(Math.max(trimmed.lastIndexOf(' '), trimmed.lastIndexOf('\t')) + 1);
  const hasTags = /^:[\p{L}\p{N}_@#%:]+:$/u.test(last);
  const title = (hasTags ? trimmed.slice(0, -last.length) : trimmed).trim();
  return { title: title.replace(/^(?:TODO|DONE|NEXT) +/, '').replace(/^\[#[A-Z0-9]+\] */, ''), tags: hasTags ? last.split(':').filter(Boolean) : [] };
}

function recordOfHeading(heading: Heading, isMarked: boolean): Map<string, unknown> {
  const record = new Map<string, unknown>();
  const isVerbatim = heading.properties.get('FORMAT') === 'markdown';
  const text = (of: Heading) => textOf(of.body, isVerbatim);
  for (const child of heading.children) {
    const side = sides[child.title.toLowerCase()];
    if (side !== undefined && !record.has(side)) record.set(side, text(child));
  }
  const body = text(heading);
  if (!record.has('question')) {
    // With the answer in a child, what stands below the title belongs to the question.
    record.set('question', record.has('answer') && body !== '' ? `${heading.title}\n\n${body}` : heading.title);
  }
  if (!record.has('answer')) record.set('answer', body);
  const project = inheritedProperty(heading, 'PROJECT') ?? inheritedProperty(heading, 'ANKI_DECK') ?? (isMarked ? undefined : heading.parent?.title);
  if (project !== undefined) record.set('project', project);
  const listed = heading.properties.get('CARD_TAGS') ?? heading.properties.get('ANKI_TAGS')?.replace(/\s+/g, ',');
  record.set('tags', listed?.startsWith('[') === true ? jsonList(listed) : (listed ?? heading.tags.filter((tag) => !marks.includes(tag))));
  const id = heading.properties.get('ID');
  if (id !== undefined) record.set('id', id);
  const kind = heading.properties.get('KIND') ?? (/\(and reversed card\)/i.test(heading.properties.get('ANKI_NOTE_TYPE') ?? '') ? 'reversed' : undefined);
  if (kind !== undefined) record.set('kind', kind);
  return record;
}

function inheritedProperty(heading: Heading, name: string): string | undefined {
  for (let at: Heading | undefined = heading; at !== undefined; at = at.parent) {
    const value = at.properties.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function jsonList(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((tag) => typeof tag === 'string') : [];
  } catch {
    return [];
  }
}

/** Lines without their common indentation and the blank lines around; blocks of code as Markdown's. */
function textOf(body: readonly string[], isVerbatim: boolean): string {
  const indents = body.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = isVerbatim ? 2 : indents.reduce((least, width) => Math.min(least, width), 1000);
  const lines = body.map((line) => (line.trim() === '' && line.length <= indent ? '' : line.slice(indent)));
  const isBlank = (line: string | undefined) => line === (isVerbatim ? '' : line?.replace(/\S.*/, '').trim());
  while (lines.length > 0 && isBlank(lines[0])) lines.shift();
  while (lines.length > 0 && isBlank(lines.at(-1))) lines.pop();
  if (isVerbatim) return lines.join('\n');
  let isCode = false;
  return lines
    .map((line) => {
      const begin = /^\s*#\+begin_(?:src|example)(?:\s+(\S+))?/i.exec(line);
      if (!isCode && begin !== null) {
        isCode = true;
        return `\`\`\`${begin[1] ?? ''}`;
      }
      if (isCode && /^\s*#\+end_(?:src|example)\s*$/i.test(line)) {
        isCode = false;
        return '```';
      }
      return isCode ? line.replace(/^(\s*),(?=,*(?:\*|#\+))/, '$1') : line;
    })
    .join('\n');
}

/** One file for all cards, grouped by deck in the order in which decks first appear. */
export function exportOrg(cards: readonly ExchangeCard[]): string {
  const decks = new Map<string, ExchangeCard[]>();
  for (const card of cards) {
    const deck = decks.get(card.project ?? '');
    if (deck === undefined) decks.set(card.project ?? '', [card]);
    else deck.push(card);
  }
  let org = '#+TITLE: Flashcards\n';
  for (const [project, deck] of decks) org += `\n* ${oneLine(project) || 'Cards'}\n${deck.map(entry).join('')}`;
  return org;
}

function entry(card: ExchangeCard): string {
  const question = card.question.trim();
  const { title, tags: ownTags } = titleOf(question);
  const isTitle = question === card.question && !/[\r\n]/.test(question) && title === question && ownTags.length === 0 && card.answer.trim() !== '' && sides[question.toLowerCase()] === undefined;
  const tags = card.tags ?? [];
  const asOrgTags = tags.every((tag) => /^[\p{L}\p{N}_@#%]+$/u.test(tag) && !marks.includes(tag));
  const label = isTitle ? question : `Card: ${oneLine(titleOf(question.split('\n')[0] ?? '').title).slice(0, 60)}`;
  const hasCode = !isTitle || /^\s*(?:`{3}|#\+(?:begin|end)_)/im.test(`${card.answer}\n${card.notes ?? ''}`) || [card.answer, card.notes ?? ''].some((text) => text !== textOf(text.split('\n'), false));
  const isVerbatim = hasCode;
  const properties = [
    ...(card.id === undefined ? [] : [['ID', oneLine(card.id)]]),
    ...(card.project === undefined || card.project === '' ? [] : [['PROJECT', oneLine(card.project)]]),
    ...(card.kind === undefined || card.kind === 'basic' ? [] : [['KIND', card.kind]]),
    ...(asOrgTags ? [] : [['CARD_TAGS', JSON.stringify(tags)]]),
    ...(isVerbatim ? [['FORMAT', 'markdown']] : []),
  ];
  const drawer = properties.length === 0 ? '' : `:PROPERTIES:\n${properties.map(([key, value]) => `${`:${key ?? ''}:`.padEnd(10)} ${value ?? ''}\n`).join('')}:END:\n`;
  const child = (name: string, text: string) => `*** ${name}\n${indented(text)}`;
  return [
    `** ${label}    :${['flashcard', ...(asOrgTags ? tags : [])].join(':')}:\n${drawer}`,
    isTitle ? indented(card.answer) : child('Question', card.question) + (card.answer === '' ? '' : child('Answer', card.answer)),
    card.notes === undefined || card.notes === '' ? '' : child('Notes', card.notes),
  ].join('');
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
/** Indented, no line can be taken for a heading; below a blank line, none for a drawer. */
const indented = (text: string) => `${/^\s*:PROPERTIES:|^\s*(?:CLOSED|SCHEDULED|DEADLINE):/i.test(text) ? '\n' : ''}${text.split('\n').map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n`;
