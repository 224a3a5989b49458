/**
 * Sets and removes one member of a JSON text without touching anything else: order, indentation and
 * line ends stay. Works on strict JSON only; other text is refused, because an editor that guesses
 * would lose what it did not understand.
 */
import { messageOf, WheelhouseError } from '../base/errors.ts';

interface Member {
  readonly key: string;
  /** Offset of the key's opening quote. */
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

interface ObjectSpan {
  /** Offset of `{`. */
  readonly open: number;
  /** Offset of `}`. */
  readonly close: number;
  readonly members: readonly Member[];
}

/**
 * The parsed document, which must be an object.
 * @param name The file, for the error. @throws WheelhouseError `invalid-input`.
 */
export function parseObject(text: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new WheelhouseError('invalid-input', `${name} is not strict JSON (${messageOf(error).replace(/\s+/g, ' ')}), so nothing was changed. Comments and trailing commas are not allowed there; correct it and try again.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WheelhouseError('invalid-input', `${name} does not hold a JSON object, so nothing was changed. Correct it and try again.`);
  return value as Record<string, unknown>;
}

/**
 * The text with `value` at `path`; objects on the way are made.
 * @param text A JSON object. @throws Error when something on the way is no object.
 */
export function setMember(text: string, path: readonly string[], value: unknown): string {
  const style = styleOf(text);
  let object = scanObject(text, skipSpace(text, 0));
  for (const [depth, key] of path.entries()) {
    const rest = path.slice(depth + 1);
    const member = object.members.findLast((candidate) => candidate.key === key);
    if (!member) return insertMember(text, object, key, nest(rest, value), style, depth + 1);
    if (rest.length === 0) {
      const multiLine = text.slice(object.open, member.start).includes('\n');
      return splice(text, member.valueStart, member.end, print(value, multiLine ? style : undefined, depth + 1));
    }
    object = scanObject(text, member.valueStart);
  }
  return text;
}

/** The text without the member at `path`; the same text when there is none. */
export function removeMember(text: string, path: readonly string[]): string {
  let object = scanObject(text, skipSpace(text, 0));
  for (const [depth, key] of path.entries()) {
    const index = object.members.findLastIndex((candidate) => candidate.key === key);
    const member = object.members[index];
    if (!member) return text;
    if (depth < path.length - 1) {
      object = scanObject(text, member.valueStart);
      continue;
    }
    const [before, after] = [object.members[index - 1], object.members[index + 1]];
    if (before) return splice(text, before.end, member.end, '');
    return after ? splice(text, member.start, after.start, '') : splice(text, object.open + 1, object.close, '');
  }
  return text;
}

interface Style {
  readonly indent: string;
  readonly eol: string;
}

/** undefined: all on one line. */
function styleOf(text: string): Style | undefined {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /\n([ \t]+)\S/.exec(text)?.[1];
  if (indent !== undefined) return { indent, eol };
  return /^\s*\{\s*\}\s*$/.test(text) || /\{\s*\n/.test(text) ? { indent: '  ', eol } : undefined;
}

function nest(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

function insertMember(text: string, object: ObjectSpan, key: string, value: unknown, style: Style | undefined, depth: number): string {
  const last = object.members.at(-1);
  if (!last) {
    const member = `${JSON.stringify(key)}: ${print(value, style, depth)}`;
    const inner = style ? `${newLine(style, depth)}${member}${newLine(style, depth - 1)}` : member;
    return splice(text, object.open + 1, object.close, inner);
  }
  // The new member stands to the last one as that one stands to what is before it.
  const before = object.members.at(-2);
  const space = text.slice(before ? text.indexOf(',', before.end) + 1 : object.open + 1, last.start);
  const colon = text.slice(last.start + JSON.stringify(last.key).length, last.valueStart);
  const member = `${JSON.stringify(key)}${/^\s*:\s*$/.test(colon) ? colon : ': '}${print(value, space.includes('\n') ? style : undefined, depth)}`;
  return splice(text, last.end, last.end, `,${space}${member}`);
}

function print(value: unknown, style: Style | undefined, depth: number): string {
  if (!style) return JSON.stringify(value);
  return JSON.stringify(value, null, style.indent).split('\n').join(newLine(style, depth));
}

function newLine(style: Style, depth: number): string {
  return style.eol + style.indent.repeat(depth);
}

function splice(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

/** Scans an object of a text that is known to be valid JSON. */
function scanObject(text: string, open: number): ObjectSpan {
  if (text[open] !== '{') throw new Error('not an object');
  const members: Member[] = [];
  let at = skipSpace(text, open + 1);
  while (text[at] === '"') {
    const start = at;
    const keyEnd = skipString(text, start);
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = skipValue(text, valueStart);
    members.push({ key: JSON.parse(text.slice(start, keyEnd)) as string, start, valueStart, end });
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return { open, close: at, members };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}

function skipString(text: string, open: number): number {
  let at = open + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipValue(text: string, start: number): number {
  let at = start;
  for (let depth = 0; at < text.length; ) {
    const char = text.charAt(at);
    if (char === '"') at = skipString(text, at);
    else if (depth === 0 && at > start && ',}] \t\r\n'.includes(char)) return at;
    else {
      if ('{['.includes(char)) depth++;
      if ('}]'.includes(char)) depth--;
      at++;
    }
    if (depth === 0 && '"}]'.includes(text.charAt(at - 1))) return at;
  }
  return at;
}
