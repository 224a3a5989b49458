/**
 * Anki's card templates: which of our kinds of card a note type is, and for all others what a
 * template makes of a note's fields. https://docs.ankiweb.net/templates/intro.html
 */
import type { CardKind } from '../model.ts';
import type { AnkiNoteType, AnkiTemplate } from './model.ts';

/** How the fields of a note type are a card's parts, by their place; a reversed card's as its first template asks. */
export interface Layout {
  readonly kind: CardKind;
  readonly question: number;
  readonly answer: number | undefined;
  readonly notes: number | undefined;
}

const reference = /\{\{([^{}]+)\}\}/g;

/** The parts of a note type that asks one field and answers with another; undefined: it has to be rendered. */
export function layoutOf(type: AnkiNoteType): Layout | undefined {
  const [first, second, ...more] = type.templates;
  if (first === undefined || more.length > 0) return undefined;
  const layout = simpleLayout(type, first);
  if (layout === undefined || second === undefined) return layout;
  const reverse = simpleLayout(type, { ...second, question: withoutCondition(second.question) });
  const isMirror = layout.kind === 'basic' && reverse?.kind === 'basic' && reverse.question === layout.answer && reverse.answer === layout.question && reverse.notes === layout.notes;
  return isMirror ? { ...layout, kind: 'reversed' } : undefined;
}

/** `{{#Add Reverse}}…{{/Add Reverse}}` around a whole question makes the card optional, no other. */
function withoutCondition(text: string): string {
  const found = /^\s*\{\{#([^{}]+)\}\}([^]*)\{\{\/([^{}]+)\}\}\s*$/.exec(text);
  return found !== null && found[1]?.trim() === found[3]?.trim() ? (found[2] ?? '') : text;
}

function simpleLayout(type: AnkiNoteType, template: AnkiTemplate): Layout | undefined {
  const place = (name: string | undefined) => (name === undefined ? undefined : type.fields.findIndex((field) => field.toLowerCase() === name.toLowerCase()));
  const asked = referencesOf(template.question);
  const shown = referencesOf(withoutConditions(template.answer)).filter(({ field }) => field !== 'FrontSide');
  const isPlain = (text: string) => text.replace(/\{\{[^{}]+\}\}|<hr[^<>]*>|<br ?\/?>|<\/?(?:div|p|span|center|pre|code)(?:\s[^<>]*)?>|\s/gi, '') === '';
  if (!isPlain(template.question) || !isPlain(template.answer)) return undefined;
  const named = (fields: readonly string[], except: string) => [...new Set(fields)].filter((field) => field !== except);
  const parts = (kind: CardKind, question: string | undefined, rest: readonly string[]): Layout | undefined => {
    const [q, a, n] = [place(question), place(rest[0]), place(rest[1])];
    if (q === undefined || q === -1 || a === -1 || n === -1 || rest.length > 2 || (rest[1] !== undefined && !/^(?:notes?|extra|back extra|remarks?|comments?)$/i.test(rest[1]))) return undefined;
    return { kind, question: q, answer: a, notes: n };
  };
  const [first, typed, ...others] = asked;
  if (first === undefined || others.length > 0) return undefined;
  if (type.isCloze) {
    if (first.filter !== 'cloze' || typed !== undefined) return undefined;
    const rest = named(shown.map(({ field }) => field), first.field);
    return shown.some(({ filter }) => filter !== '' && filter !== 'cloze') ? undefined : parts('cloze', first.field, rest);
  }
  if (first.filter !== '' || shown.some(({ filter }) => filter !== '' && filter !== 'type')) return undefined;
  const rest = named(shown.map(({ field }) => field), first.field);
  if (typed === undefined) return rest.length === 0 || shown.some(({ filter }) => filter === 'type') ? undefined : parts('basic', first.field, rest);
  return typed.filter === 'type' && (rest[0] ?? typed.field) === typed.field ? parts('typed', first.field, rest.length === 0 ? [typed.field] : rest) : undefined;
}

/** Fields with the filter before them (`type:Back` → type), without conditions. */
function referencesOf(template: string): { field: string; filter: string }[] {
  return [...template.matchAll(reference)].map(([, inner = '']) => {
    const parts = inner.trim().split(':');
    return { field: (parts.pop() ?? '').trim(), filter: parts.join(':').trim() };
  });
}

const withoutConditions = (text: string) => text.replace(/\{\{[#^/][^{}]*\}\}/g, '');

/** What a template shows: HTML of the question and of the answer below it, filled with a note's fields. */
export function renderTemplate(type: AnkiNoteType, template: AnkiTemplate, fields: readonly string[], more: { tags: string; deck: string; ordinal: number }): { question: string; answer: string } {
  const values = new Map<string, string>(type.fields.map((name, i) => [name.toLowerCase(), fields[i] ?? '']));
  for (const [name, value] of Object.entries({ tags: more.tags, deck: more.deck, subdeck: more.deck.split('::').at(-1) ?? '', card: template.name, type: type.name, frontside: '', cardflag: '' })) {
    if (!values.has(name)) values.set(name, value);
  }
  const render = (text: string) => fill(conditions(text, values), values);
  // The answer side begins with the question again, in most templates down to this line.
  const [, below = template.answer] = /<hr[^<>]*\bid=["']?answer["']?[^<>]*>([^]*)$/i.exec(template.answer) ?? [];
  return { question: render(template.question), answer: render(below) };
}

function conditions(text: string, values: ReadonlyMap<string, string>): string {
  let out = '';
  let from = 0;
  const open: { name: string; holds: boolean }[] = [];
  for (const found of text.matchAll(/\{\{([#^/])([^{}]+)\}\}/g)) {
    if (open.every(({ holds }) => holds)) out += text.slice(from, found.index);
    from = found.index + found[0].length;
    const name = (found[2] ?? '').trim().toLowerCase();
    if (found[1] === '/') open.pop();
    else open.push({ name, holds: isFilled(values.get(name)) === (found[1] === '#') });
  }
  return open.every(({ holds }) => holds) ? out + text.slice(from) : out;
}

const isFilled = (value: string | undefined) => (value ?? '').replace(/<(?!img)[^<>]*>|&nbsp;|\s/gi, '') !== '';

function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(reference, (_, inner: string) => {
    const parts = inner.trim().split(':');
    const value = values.get((parts.pop() ?? '').trim().toLowerCase()) ?? '';
    // What is to be typed is no part of the question.
    return parts.includes('type') ? '' : value;
  });
}
