/** Whether a piece of text looks like a secret, or like a name, a type, a place for one. */

export interface Assignment {
  readonly quoted: boolean;
  /** What the value is assigned to. */
  readonly name: string;
  /** With the spaces around it. */
  readonly sign: string;
}

/** Values that stand for a secret without being one, and words of programs. */
const stands = /^(?:string|str|text|number|int|bool(?:ean)?|bytes?|any|unknown|object|null|nil|none|undefined|true|false|required|optional|yes|no|on|off|env|password|passwd|secret|token|tokens|key|apikey|username|user|changeme|change[_-]me|dummy|example|placeholder|redacted|hidden|masked|foo|bar|baz|foobar|todo|tbd|base64|utf-?8|sha-?\d+|md5|[hre]s\d{3}|oauth2?|jwt|n\/a|x+|\*+|\.+|-+|_+|•+)$/i;
/** `${X}`, `$X`, `<your key>`, `{{ key }}`, `%KEY%`, `[redacted: …]`, `your-key-here`, `sk-...`, `xxxx`. */
const place = /^\$(?:[{(]|[A-Za-z_]\w*$)|^<|^\{\{|^%\w+%$|^\[redacted|^@\{|^(?:your|my|the|some|insert|enter|replace|put)[_ -]|\.\.\.|…|\*\*\*|x{4,}|^(?:fake|dummy|sample|example|placeholder)/i;
/** What is said about a secret: its name, its length, where it is. */
const about = /(?:count|type|name|field|url|uri|path|file|id|ids|length|len|size|limit|budget|usage|expiry|expires|ttl|prefix|regex|pattern|policy|version)$/i;
/** Code: a call, an access, a path or an address. */
const code = /[()]|^(?:process|os|env|import|self|this|config|settings|secrets|ctx|req|request|res|args|opts|options|props|data|user|params|body|event|z|t|vars|var|github|inputs|steps|app|window|document|localStorage|Deno|Bun)[.?![]|^[./~]|^[a-z]{2,10}:\/\/|^[A-Za-z_]\w*(?:[?!]?\.[A-Za-z_]\w*)+$/;
/** A number with a unit, a version, a date: counts of tokens, not tokens. */
const measure = /^[~<>≈]?[$€]?\d[\d.,:_/+-]*(?:[kmgs%]|ms|kb|mb|gb|bytes?|tokens?)?$/i;

/** Whether a name means the secret itself: `apiKey`, `DB_PASSWORD`, `token2`, but neither `tokenizer` nor `token_count`. */
export function namesSecret(word: string, tail: string): boolean {
  const isUpper = word === word.toUpperCase();
  return (isUpper ? /^S?(?:$|[_\d])/ : /^s?(?:$|[_\dA-Z])/).test(tail) && !about.test(tail);
}

/** Whether the value of an assignment is a secret rather than a word, a type, code or a place for one. */
export function looksSecret(value: string, { quoted, name, sign }: Assignment): boolean {
  const text = value.replace(/[.,:;!?]+$/, '').trim();
  const isPassword = /pass|pwd/i.test(name);
  if (text.length < (isPassword ? 4 : 8) || stands.test(text) || place.test(text) || code.test(text)) return false;
  if (!isPassword && measure.test(text)) return false;
  // Nearly anything is called a key; one that opens something is in the environment, and long.
  if (/^_?key$/i.test(name)) return name === name.toUpperCase() && sign.trim() === '=' && /^[\w+/=.-]{16,}$/.test(text) && /\d.*\d/.test(text) && /[A-Za-z]/.test(text);
  if (/is/i.test(sign)) return text.length >= 6 && /\d/.test(text) && /[A-Za-z]/.test(text) && !isIdentifier(text, sign) && !/\s/.test(text);
  // Sentences in quotes are messages; a pass phrase is named so.
  if (/\s/.test(text)) return /phrase/i.test(name) || (isPassword && quoted && text.length <= 40 && /\d/.test(text) && /[^\w\s.,'!?-]/.test(text));
  if (/\d/.test(text) || /[^\w.-]/.test(text)) return !isIdentifier(text, sign) && /[A-Za-z0-9]/.test(text);
  // Only letters: in prose and code a word; in the environment or in quotes it can be a password.
  const isSetting = sign === '=' && name === name.toUpperCase();
  return (isSetting || (quoted && isPassword)) && text.length >= 6 && !/[-_.]/.test(text) && !/^[a-z]+(?:[A-Z][a-z]+)+$/.test(text) && !/^(?:[A-Z][a-z]+)+$/.test(text) && !(quoted && /password|passwd/i.test(text));
}

/** A name with a number or two in it, such as `accessToken2` or `user_token_v1`. */
function isIdentifier(text: string, sign: string): boolean {
  return sign !== '=' && /^[A-Za-z_][\w-]*$/.test(text) && /[a-z][A-Z]|_|-/.test(text) && count(text, /\d/g) <= 2 && changes(text) < 0.3;
}

/**
 * Whether a run of letters and digits must have come from a random generator: all three kinds of
 * characters, changing all the time, and few of them twice. Hashes and UUIDs (hexadecimal), names in
 * camelCase and with dashes, and the numbered ids of programs are not.
 */
export function looksRandom(text: string): boolean {
  if (/^[\da-fA-F-]+$/.test(text)) return false;
  const digits = count(text, /\d/g);
  const lower = count(text, /[a-z]/g);
  const upper = count(text, /[A-Z]/g);
  if (digits < 3 || lower < 5 || upper < 5) return false;
  if (/[a-z]{9}|[A-Z]{9}|\d{8}/.test(text) || count(text, /[_-]/g) > text.length / 10) return false;
  // An id with the name of its kind before it (`toolu_01A…`, `msg_01B…`) is public.
  if (/^[a-z]{2,8}_0\d/.test(text)) return false;
  return changes(text) >= 0.42 && entropy(text) >= Math.min(4.1, Math.log2(text.length) - 0.75);
}

/** How often the kind of character changes, from 0 to 1; about 0.65 for random letters and digits. */
function changes(text: string): number {
  let changed = 0;
  let last = '';
  for (const character of text) {
    const kind = character >= '0' && character <= '9' ? 'digit' : character >= 'a' && character <= 'z' ? 'lower' : character >= 'A' && character <= 'Z' ? 'upper' : 'other';
    if (last !== '' && kind !== last) changed++;
    last = kind;
  }
  return changed / Math.max(1, text.length - 1);
}

/** Shannon's, in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const times of counts.values()) bits -= (times / text.length) * Math.log2(times / text.length);
  return bits;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
