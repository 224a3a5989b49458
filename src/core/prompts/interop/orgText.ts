import { normalLines, oneLine } from './plainText.ts';

/** Org's own escape: a zero-width space, which no reader shows. */
const mark = '\u200b';

/**
 * Lines that Org takes for structure wherever they stand, and that could therefore change the note
 * they are quoted in (a prompt with `#+filetags: :PUBLIC:` must not publish anything): headings,
 * keywords and blocks, comments, drawers and properties, planning, clocks, code of the diary.
 */
const structure = /^(?:\*+(?:\s|$)|[ \t]*#(?:\+|\s|$)|[ \t]*:\S+:(?:\s|$)|[ \t]*(?:CLOSED|SCHEDULED|DEADLINE|CLOCK):|&?%%\()/gim;

/** Text of anybody's as the text of an Org section: it looks the same and is nothing but text. */
export function orgBody(text: string): string {
  return defused(normalLines(text).replace(structure, `${mark}$&`));
}

/** The value of a `#+KEYWORD:` line. */
export function orgValue(text: string): string {
  return defused(oneLine(text));
}

/** What Emacs obeys in any file: local variables at its end, the mode line in its first line, code in time stamps. */
function defused(text: string): string {
  return text.replace(/(Local)( Variables:)/gi, `$1${mark}$2`).replaceAll('-*-', `-${mark}*-`).replaceAll('<%%(', `<${mark}%%(`);
}

/** A word as an Org tag: letters, digits, `_@#%`; anything else becomes `_`. Empty when nothing is left. */
export function orgTag(word: string): string {
  const tag = oneLine(word).replace(/^[:#]+|:+$/g, '').replace(/[^\p{L}\p{Nd}_@#%]+/gu, '_');
  return /[\p{L}\p{Nd}]/u.test(tag) ? tag : '';
}
