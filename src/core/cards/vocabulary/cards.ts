/** Word pairs as cards: asked both ways, with a tag that keeps the two languages wherever the card travels. */
import { WheelhouseError } from '../../base/errors.ts';
import type { Card, CardDraft } from '../model.ts';
import { guessLanguage, languageTag } from './language.ts';
import type { WordPair } from './pairs.ts';

/** What makes a card a word: decks of it are vocabulary decks. */
export const vocabularyTag = 'vocabulary';
/** Stands for an unknown language in a tag. */
const unknown = 'und';

export interface Languages {
  /** BCP-47; undefined: unknown. */
  readonly front: string | undefined;
  readonly back: string | undefined;
}

export interface VocabularyOptions {
  readonly project: string;
  /** BCP-47; what is left out is guessed from the words. */
  readonly front?: string;
  readonly back?: string;
}

export interface VocabularyDrafts {
  readonly languages: Languages;
  readonly drafts: readonly CardDraft[];
}

/** @throws WheelhouseError `invalid-input` for a language that is no BCP-47 tag. */
export function vocabularyDrafts(pairs: readonly WordPair[], options: VocabularyOptions): VocabularyDrafts {
  const languages = {
    front: options.front === undefined ? guessLanguage(pairs.map((pair) => pair.front)) : checked(options.front),
    back: options.back === undefined ? guessLanguage(pairs.map((pair) => pair.back)) : checked(options.back),
  };
  const tags = [vocabularyTag, `${vocabularyTag}::${languages.front ?? unknown}::${languages.back ?? unknown}`];
  const drafts = pairs.map(({ front, back, notes }): CardDraft => ({
    question: asMarkdown(front),
    answer: asMarkdown(back),
    project: options.project,
    tags,
    kind: 'reversed',
    ...(notes !== '' && { notes: asMarkdown(notes) }),
  }));
  return { languages, drafts };
}

/** The languages of a card's two sides; undefined when the card is no word. */
export function languagesOf(card: Pick<Card, 'tags'>): Languages | undefined {
  if (!card.tags.includes(vocabularyTag)) return undefined;
  const [, front, back] = card.tags.map((tag) => /^vocabulary::([\w-]+)::([\w-]+)$/.exec(tag)).find((match) => match !== null) ?? [];
  const known = (tag: string | undefined): string | undefined => (tag === undefined || tag === unknown ? undefined : languageTag(tag));
  return { front: known(front), back: known(back) };
}

/** What is read aloud of one side of a card: words without Markdown. */
export function spokenText(markdown: string): string {
  return markdown
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\{\{c\d+::(.*?)(?:::[^{}]*)?\}\}/gs, '$1')
    .replace(/\\([!-/:-@[-`{-~])|[*`]+/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A word is not Markdown: what would be taken for it is escaped. */
function asMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#{}|~]/g, '\\$&').replace(/^([-+]|\d+[.)])(?=\s)/, '\\$1');
}

function checked(tag: string): string {
  const known = languageTag(tag);
  if (known === undefined) throw new WheelhouseError('invalid-input', `“${tag}” is no language tag. Write one such as en, de or pt-BR.`);
  return known;
}
