/** The media that a card's texts name. */
import { decodeEntities } from './htmlToMarkdown.ts';
import type { ExchangeCard } from './model.ts';

const reference = /(!\[[^[\]\n]*\]\()(?:<([^<>\n]+)>|([^\s()<>]+))(\))|(\[sound:)([^\][\n]+)(\])/g;
const parts = ['question', 'answer', 'notes'] as const;

const field = /<img\b[^<>]*?\bsrc\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))|\[sound:([^\][\n]+)\]/gi;

/** Names as the texts, and the fields of a note from Anki, have them; addresses on the web are none. */
export function mediaNamesOf(cards: readonly Pick<ExchangeCard, 'question' | 'answer' | 'notes' | 'anki'>[]): Set<string> {
  const names = new Set<string>();
  for (const card of cards) {
    for (const html of card.anki?.fields ?? []) {
      for (const [, double, single, bare, sound] of html.matchAll(field)) names.add(decodeEntities(double ?? single ?? bare ?? sound ?? ''));
    }
    for (const part of parts) {
      for (const [, , bracketed, plain, , , sound] of (card[part] ?? '').matchAll(reference)) {
        const name = bracketed ?? plain ?? sound ?? '';
        if (!/^[a-z][a-z0-9+.-]*:/i.test(name)) names.add(name);
      }
    }
  }
  return names;
}

/** The card with other names for its media; the same card when it has none of them. */
export function withMediaRenamed(card: ExchangeCard, renamed: ReadonlyMap<string, string>): ExchangeCard {
  if (renamed.size === 0) return card;
  const rename = (text: string) =>
    text.replace(reference, (whole: string, open?: string, bracketed?: string, plain?: string, close?: string, sound?: string, file?: string) => {
      const name = renamed.get(bracketed ?? plain ?? file ?? '');
      if (name === undefined) return whole;
      return sound === undefined ? `${open ?? ''}${/[\s()]/.test(name) ? `<${name}>` : name}${close ?? ''}` : `${sound}${name}]`;
    });
  const changed = Object.fromEntries(parts.flatMap((part) => (card[part] === undefined ? [] : [[part, rename(card[part])]])));
  return parts.every((part) => changed[part] === card[part]) ? card : { ...card, ...changed };
}
