import { redact } from '../interop/redact.ts';
import type { Prompt } from '../model.ts';
import { commonTokens, gapsBetween, tokensOf } from './alignTexts.ts';
import { nearDuplicates } from './nearDuplicates.ts';
import { lookOf, slotName, SlotNames } from './slots.ts';
import { literal } from './templateText.ts';

export interface TemplateSlot {
  readonly name: string;
  /** What stood there, the newest first, each once. */
  readonly examples: readonly string[];
}

export interface PromptTemplate {
  /** The fixed parts with `{{slots}}`; to be edited as one likes: see `slotsOf` and `fillTemplate`. */
  readonly text: string;
  readonly slots: readonly TemplateSlot[];
  /** Where it comes from, the best first. */
  readonly ids: readonly number[];
  /** Mean stars. */
  readonly rating: number;
}

export interface TemplateOptions {
  readonly minRating?: number;
  readonly limit?: number;
}

/** Of so many prompts, the best, templates are made. */
const MOST_PROMPTS = 5000;
/** Prompts that share less of their words are two templates. */
const FIXED_SHARE = 0.4;
const EXAMPLES = 5;

/**
 * Templates from well-rated prompts: those that say nearly the same become one, with what they share
 * as its fixed parts and what differs as slots. A prompt that stands alone becomes one when it names
 * files, addresses or issues. Secrets are redacted first.
 *
 * @returns the templates that were used most often first.
 */
export function templatesOf(prompts: readonly Prompt[], { minRating = 4, limit = 50 }: TemplateOptions = {}): PromptTemplate[] {
  const good = prompts
    .filter(({ rating, text }) => (rating ?? 0) >= minRating && text.trim() !== '')
    .sort((a, b) => (b.rating ?? 0) - (a.rating ?? 0) || b.at - a.at)
    .slice(0, MOST_PROMPTS)
    .map((prompt) => ({ prompt, text: redact(prompt.text).trim() }));
  const templates: PromptTemplate[] = [];
  for (const group of nearDuplicates(good.map(({ text }) => text))) {
    const members = group.map((place) => good[place]).filter((member) => member !== undefined);
    const { text, slots, used } = templateOf(members.map(({ text: each }) => each));
    if (slots.length === 0 && members.length === 1) continue;
    const from = used.map((place) => members[place]?.prompt).filter((prompt) => prompt !== undefined);
    templates.push({ text, slots, ids: from.map(({ id }) => id), rating: from.reduce((sum, { rating }) => sum + (rating ?? 0), 0) / from.length });
  }
  return templates.sort((a, b) => b.ids.length - a.ids.length || b.rating - a.rating || (b.ids[0] ?? 0) - (a.ids[0] ?? 0)).slice(0, limit);
}

/**
 * The template of texts that say nearly the same; the first is the model.
 * @returns also the places of the texts that fit it.
 */
export function templateOf(texts: readonly string[]): Pick<PromptTemplate, 'text' | 'slots'> & { readonly used: readonly number[] } {
  const tokens = texts.map(tokensOf);
  const [model = []] = tokens;
  const enough = model.filter(isWord).length * FIXED_SHARE;
  let common = model;
  const used = [0];
  for (let place = 1; place < tokens.length; place++) {
    const shared = commonTokens(common, tokens[place] ?? []);
    if (shared.filter(isWord).length < enough) continue;
    common = shared;
    used.push(place);
  }
  const distinct = new Set(used.map((place) => texts[place]));
  if (distinct.size === 1) return { ...single(model), used };
  return { ...joined(common, used.map((place) => gapsBetween(common, tokens[place] ?? []))), used };
}

function joined(common: readonly string[], gaps: readonly (readonly string[])[]): Pick<PromptTemplate, 'text' | 'slots'> {
  const names = new SlotNames();
  const slots: TemplateSlot[] = [];
  let text = '';
  let fixed = '';
  for (let at = 0; at <= common.length; at++) {
    const values = gaps.map((gap) => gap[at] ?? '');
    const [first = ''] = values;
    if (values.every((value) => value === first)) fixed += first;
    else {
      // Space around what differs is not what differs.
      const [, start = '', end = ''] = /^(\s*)[^]*?(\s*)$/.exec(values.find((value) => value.trim() !== '') ?? '') ?? [];
      const examples = [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
      const name = names.free(slotName(examples, common.slice(Math.max(0, at - 8), at).filter(isWord), common.slice(at, at + 4).filter(isWord)));
      slots.push({ name, examples: examples.slice(0, EXAMPLES) });
      text += `${literal(fixed + start)}{{${name}}}`;
      fixed = end;
    }
    fixed += common[at] ?? '';
  }
  return { text: text + literal(fixed), slots };
}

/** A prompt alone: what looks like a file, an address or an issue could be another one. */
function single(tokens: readonly string[]): Pick<PromptTemplate, 'text' | 'slots'> {
  const names = new Map<string, string>();
  const free = new SlotNames();
  let text = '';
  let fixed = '';
  for (const token of tokens) {
    const look = lookOf(token);
    if (look !== 'file' && look !== 'url' && look !== 'issue') {
      fixed += token;
      continue;
    }
    const name = names.get(token) ?? free.free(look);
    names.set(token, name);
    text += `${literal(fixed)}{{${name}}}`;
    fixed = '';
  }
  return { text: text + literal(fixed), slots: Array.from(names, ([token, name]) => ({ name, examples: [token] })) };
}

function isWord(token: string): boolean {
  return /[\p{L}\p{N}]/u.test(token);
}
