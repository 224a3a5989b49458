/**
 * Sets and removes one member or element of a JSON text without touching anything else: order,
 * indentation and line ends stay. Works on strict JSON only; `parseObject` refuses other text, because
 * an editor that guesses would lose what it did not understand.
 */
import { messageOf, WheelhouseError } from './errors.ts';

/** Names of members and indexes of elements, from the outside in. Of members with the same name the last one counts, as for `JSON.parse`. */
export type JsonPath = readonly (string | number)[];

/** A member, an element, or the whole document. */
interface Child {
  readonly key: string | undefined;
  /** With the space around it. As the key, undefined unless it is a member. */
  readonly colon: string | undefined;
  /** The space before it. With a line end in it, the value may take more lines. */
  readonly space: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

interface Container {
  readonly isObject: boolean;
  /** Offsets of the opening and the closing bracket. */
  readonly open: number;
  readonly close: number;
  readonly children: readonly Child[];
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
 * The text with `value` at `path`. What is new goes to the end, laid out as its neighbours are; the
 * index after the last element adds one, and what is missing on the way is made.
 * @param text Valid JSON. @throws Error when a step of the path cannot be taken in what is there.
 */
export function setAt(text: string, path: JsonPath, value: unknown): string {
  let holder = documentOf(text);
  for (const [depth, step] of path.entries()) {
    const container = scan(text, holder.valueStart);
    const child = container.children[indexOf(container, step)];
    if (!child) return insert(text, container, holder, step, nest(path.slice(depth + 1), value));
    holder = child;
  }
  return splice(text, holder.valueStart, holder.end, print(text, value, lineBreakOf(text, holder)));
}

/**
 * The text without what is at `path` and its comma; the same text when nothing is there.
 * @param text Valid JSON. @throws Error when a step of the path goes into something that is no container.
 */
export function removeAt(text: string, path: JsonPath): string {
  let holder = documentOf(text);
  for (const [depth, step] of path.entries()) {
    const container = scan(text, holder.valueStart);
    const index = indexOf(container, step);
    const child = container.children[index];
    if (!child) return text;
    if (depth === path.length - 1) {
      const [before, after] = [container.children[index - 1], container.children[index + 1]];
      if (before) return splice(text, before.end, child.end, '');
      return after ? splice(text, child.start, after.start, '') : splice(text, container.open + 1, container.close, '');
    }
    holder = child;
  }
  return text;
}

function insert(text: string, { isObject, open, close, children }: Container, holder: Child, step: string | number, value: unknown): string {
  if (isObject ? typeof step !== 'string' : step !== children.length) throw new Error(`no place for ${JSON.stringify(step)}`);
  const last = children.at(-1);
  const label = isObject ? JSON.stringify(step) + ((last ?? holder).colon ?? ': ') : '';
  if (last) return splice(text, last.end, last.end, `,${last.space}${label}${print(text, value, lineBreakOf(text, last))}`);
  const outer = lineBreakOf(text, holder);
  const inner = outer === undefined ? undefined : outer + indentOf(text);
  return splice(text, open + 1, close, `${inner ?? ''}${label}${print(text, value, inner)}${outer ?? ''}`);
}

function nest(path: JsonPath, value: unknown): unknown {
  if (path.some((step) => typeof step === 'number' && step !== 0)) throw new Error('no place for an element');
  return path.reduceRight<unknown>((inner, step) => (step === 0 ? [inner] : { [step]: inner }), value);
}

/** @param lineBreak What each further line begins with; undefined: all on one line. */
function print(text: string, value: unknown, lineBreak: string | undefined): string {
  return lineBreak === undefined ? JSON.stringify(value) : JSON.stringify(value, null, indentOf(text)).split('\n').join(lineBreak);
}

/** The indentation of one level. */
function indentOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

/** The line end and the indentation before the line that the child begins; undefined when it begins none. */
function lineBreakOf(text: string, { space, start }: Child): string | undefined {
  if (!space.includes('\n')) return undefined;
  const end = text.lastIndexOf('\n', start);
  const isCrlf = end < 0 ? text.includes('\r\n') : text[end - 1] === '\r';
  return (isCrlf ? '\r\n' : '\n') + text.slice(end + 1, start);
}

function splice(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

function documentOf(text: string): Child {
  const start = skipSpace(text, 0);
  return { key: undefined, colon: undefined, space: '\n', start, valueStart: start, end: skipValue(text, start) };
}

function indexOf({ children }: Container, step: string | number): number {
  return children.findLastIndex(({ key }, index) => step === (key ?? index));
}

function scan(text: string, open: number): Container {
  const isObject = text[open] === '{';
  if (!isObject && text[open] !== '[') throw new Error('not an object or array');
  const children: Child[] = [];
  let at = open;
  do {
    const start = skipSpace(text, at + 1);
    if ('}]'.includes(text.charAt(start))) return { isObject, open, close: start, children };
    const keyEnd = isObject ? skipValue(text, start) : start;
    const valueStart = isObject ? skipSpace(text, skipSpace(text, keyEnd) + 1) : start;
    const end = skipValue(text, valueStart);
    const name = isObject ? { key: JSON.parse(text.slice(start, keyEnd)) as string, colon: text.slice(keyEnd, valueStart) } : { key: undefined, colon: undefined };
    children.push({ ...name, space: text.slice(at + 1, start), start, valueStart, end });
    at = skipSpace(text, end);
  } while (text[at] === ',');
  return { isObject, open, close: at, children };
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

/** The end of a value or a name: in valid JSON, the first delimiter outside strings and brackets. */
function skipValue(text: string, start: number): number {
  let [at, depth] = [start, 0];
  while (at < text.length) {
    const char = text.charAt(at);
    if (depth === 0 && ',:}] \t\r\n'.includes(char)) break;
    if ('{['.includes(char)) depth++;
    if ('}]'.includes(char)) depth--;
    at = char === '"' ? skipString(text, at) : at + 1;
  }
  return at;
}
