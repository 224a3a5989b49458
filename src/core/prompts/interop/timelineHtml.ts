import type { Hasher } from '../../ports/hash.ts';

/** The id of the element that holds the data, as the page looks for it. */
const DATA_ELEMENT = 'wheelhouse-timeline';

export interface TimelineHtml {
  /** One line, for the window. */
  readonly title: string;
  /** A BCP 47 tag. */
  readonly lang: string;
  /** The data as JSON, in pieces. */
  readonly data: Iterable<string>;
  /** The page's bundle: a classic script. */
  readonly script: string;
  readonly style: string;
}

/**
 * The timeline as one file that needs nothing else: no address is ever asked, and only this very
 * script and this very style are obeyed, by their hashes. In pieces, so that a large history is
 * never in memory twice.
 */
export function* timelineHtml({ title, lang, data, script, style }: TimelineHtml, hasher: Pick<Hasher, 'sha256'>): Iterable<string> {
  const [code, looks] = [scriptText(script), styleText(style)];
  const policy = [
    "default-src 'none'",
    `script-src '${sourceHash(code, hasher)}'`,
    `style-src '${sourceHash(looks, hasher)}'`,
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  yield `<!DOCTYPE html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${looks}</style>
</head>
<body>
<main id="root"></main>
<script type="application/json" id="${DATA_ELEMENT}">`;
  for (const piece of data) yield jsonForHtml(piece);
  yield `</script>
<script>${code}</script>
</body>
</html>
`;
}

/**
 * A piece of JSON as a piece of a `<script>` element: nothing in it ends the element or begins a
 * comment. Each character is replaced for itself, so a text may be cut anywhere.
 */
export function jsonForHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Code as the text of a `<script>` element. `</script` and `<!--` stand in strings, patterns and
 * comments only, where these mean the same.
 */
function scriptText(code: string): string {
  return asParsed(code).replace(/<\/(?=script)/gi, '<\\/').replaceAll('<!--', '\\x3c!--');
}

function styleText(style: string): string {
  return asParsed(style).replace(/<\/(?=style)/gi, '<\\/');
}

/** What the parser of HTML makes of a text before it is hashed. */
function asParsed(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd').toWellFormed();
}

/** https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function sourceHash(text: string, hasher: Pick<Hasher, 'sha256'>): string {
  return `sha256-${base64OfHex(hasher.sha256(text))}`;
}

function base64OfHex(hex: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let bits = '';
  for (const digit of hex) bits += parseInt(digit, 16).toString(2).padStart(4, '0');
  let text = '';
  for (let i = 0; i < bits.length; i += 6) text += alphabet.charAt(parseInt(bits.slice(i, i + 6).padEnd(6, '0'), 2));
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}
