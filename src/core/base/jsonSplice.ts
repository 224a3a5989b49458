/**
 * Sets and removes one member or element of a JSON text without touching anything else: order,
 * indentation, line ends, comments and trailing commas stay. Where the parts of the text are is found
 * by jsonc-parser; its own way to edit lays out anew what stands around the change, so the edits are ours.
 */
import { getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { messageOf, WheelhouseError } from './errors.ts';

/** Names of members and indexes of elements, from the outside in. Of members with the same name the last one counts, as for `JSON.parse`. */
export type JsonPath = readonly (string | number)[];

/** A member, an element, or the whole document. */
interface Child {
  readonly key: string | undefined;
  /** With the space around it. As the key, undefined unless it is a member. */
  readonly colon: string | undefined;
  /** What is between it and the comma or bracket before it: space, and comments. */
  readonly gap: string;
  readonly start: number;
  readonly value: Node;
  readonly end: number;
  /** Behind the comma that follows it; undefined without one. */
  readonly commaEnd: number | undefined;
}

interface Container {
  readonly isObject: boolean;
  /** Offsets of the opening and the closing bracket. */
  readonly open: number;
  readonly close: number;
  readonly children: readonly Child[];
}

/**
 * The parsed document, which must be an object. Comments and trailing commas are read over, since some
 * programs allow them in their settings.
 * @param name The file, for the error. @throws WheelhouseError `invalid-input`.
 */
export function parseObject(text: string, name: string): Record<string, unknown> {
  const value = parse(text, name);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WheelhouseError('invalid-input', `${name} does not hold a JSON object, so nothing was changed. Correct it and try again.`);
  return value as Record<string, unknown>;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { allowTrailingComma: true });
    // By way of strict JSON, so that a member named __proto__ is one like any other.
    if (root && errors.length === 0) return JSON.parse(JSON.stringify(getNodeValue(root)));
    throw new WheelhouseError('invalid-input', `${name} is not JSON (${explain(text, errors, error)}), so nothing was changed. Correct it and try again.`);
  }
}

function explain(text: string, [first]: readonly ParseError[], error: unknown): string {
  if (!first) return messageOf(error).replace(/\s+/g, ' ');
  const lines = text.slice(0, first.offset).split('\n');
  return `${printParseErrorCode(first.error)} in line ${lines.length}`;
}

/**
 * The text with `value` at `path`. What is new goes to the end, laid out as its neighbours are; the
 * index after the last element adds one, and what is missing on the way is made.
 * @param text As `parseObject` takes it. @throws Error when a step of the path cannot be taken in what is there.
 */
export function setAt(text: string, path: JsonPath, value: unknown): string {
  let holder = documentOf(text);
  for (const [depth, step] of path.entries()) {
    const container = containerOf(text, holder);
    const child = container.children[indexOf(container, step)];
    if (!child) return insert(text, container, holder, step, nest(path.slice(depth + 1), value));
    holder = child;
  }
  return splice(text, holder.value.offset, holder.end, print(text, value, lineBreakOf(text, holder)));
}

/**
 * The text without what is at `path` and its comma; the same text when nothing is there.
 * @param text As `parseObject` takes it. @throws Error when a step of the path goes into something that is no container.
 */
export function removeAt(text: string, path: JsonPath): string {
  let holder = documentOf(text);
  for (const [depth, step] of path.entries()) {
    const container = containerOf(text, holder);
    const index = indexOf(container, step);
    const child = container.children[index];
    if (!child) return text;
    if (depth === path.length - 1) return take(text, container, index, child);
    holder = child;
  }
  return text;
}

function take(text: string, { open, close, children }: Container, index: number, child: Child): string {
  const { gap, start, end, commaEnd } = child;
  const before = children[index - 1];
  // The next one moves to its place.
  if (children[index + 1] && commaEnd !== undefined) return splice(text, start, spaceEnd(text, commaEnd), '');
  const isAlone = !before && isSpace(gap) && isSpace(text.slice(commaEnd ?? end, close));
  if (isAlone) return splice(text, open + 1, close, '');
  const [from, to] = [spaceBefore(text, child), commaEnd ?? end];
  if (!before || commaEnd !== undefined) return splice(text, from, to, '');
  const comma = (before.commaEnd ?? from) - 1;
  return isSpace(gap) && text.slice(before.end, comma) === '' ? splice(text, before.end, to, '') : text.slice(0, comma) + text.slice(comma + 1, from) + text.slice(to);
}

/** Where the space before a child begins; but the end of a line comment stays when nothing else would end that line. */
function spaceBefore(text: string, { gap, start, end, commaEnd }: Child): number {
  const space = /[ \t\r\n]*$/.exec(gap)?.[0] ?? '';
  const endsComment = /\/\/[^\r\n]*$/.test(gap.slice(0, gap.length - space.length)) && !/^[ \t]*[\r\n]/.test(text.slice(commaEnd ?? end));
  return endsComment ? start : start - space.length;
}

function insert(text: string, { isObject, open, close, children }: Container, holder: Child, step: string | number, value: unknown): string {
  if (isObject ? typeof step !== 'string' : step !== children.length) throw new Error(`no place for ${JSON.stringify(step)}`);
  const last = children.at(-1);
  const label = isObject ? JSON.stringify(step) + ((last ?? holder).colon ?? ': ') : '';
  if (last) {
    const trailing = last.commaEnd !== undefined;
    const rest = text.slice(last.commaEnd ?? last.end, close);
    // What is said about the last one in its own line stays with it.
    const comments = /^(?:[ \t]*\/\*[^]*?\*\/)*(?:[ \t]*\/\/[^\r\n]*)?/.exec(rest)?.[0] ?? '';
    const at = (last.commaEnd ?? last.end) + comments.length;
    const lineBreak = lineBreakOf(text, last) ?? (comments.includes('//') ? '\n' : undefined);
    const space = isSpace(last.gap) && !(comments.includes('//') && !last.gap.includes('\n')) ? last.gap : (lineBreak ?? ' ');
    const added = `${space}${label}${print(text, value, lineBreak)}${trailing ? ',' : ''}`;
    return text.slice(0, last.end) + (trailing ? '' : ',') + text.slice(last.end, at) + added + text.slice(at);
  }
  const inside = text.slice(open + 1, close);
  const outer = lineBreakOf(text, holder) ?? (inside.includes('//') ? '\n' : undefined);
  const inner = outer === undefined ? undefined : outer + indentOf(text);
  const member = `${label}${print(text, value, inner)}`;
  if (isSpace(inside)) return splice(text, open + 1, close, `${inner ?? ''}${member}${outer ?? ''}`);
  const at = open + 1 + inside.trimEnd().length;
  return splice(text, at, at, `${inner ?? ' '}${member}${inside.includes('\n') ? '' : (outer ?? '')}`);
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
  return /\n([ \t]+)(?![*\s])/.exec(text)?.[1] ?? '  ';
}

/** The line end and the indentation of the line that the child begins; undefined when it begins none. */
function lineBreakOf(text: string, { gap, start }: Child): string | undefined {
  if (!gap.includes('\n')) return undefined;
  const end = text.lastIndexOf('\n', start);
  const isCrlf = end < 0 ? text.includes('\r\n') : text[end - 1] === '\r';
  return (isCrlf ? '\r\n' : '\n') + (/^[ \t]*/.exec(text.slice(end + 1, start))?.[0] ?? '');
}

function splice(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

function isSpace(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}

function documentOf(text: string): Child {
  const value = parseTree(text, [], { allowTrailingComma: true });
  if (!value) throw new Error('not JSON');
  return { key: undefined, colon: undefined, gap: '\n', start: value.offset, value, end: value.offset + value.length, commaEnd: undefined };
}

function indexOf({ children }: Container, step: string | number): number {
  return children.findLastIndex(({ key }, index) => step === (key ?? index));
}

function containerOf(text: string, { value }: Child): Container {
  const isObject = value.type === 'object';
  if (!isObject && value.type !== 'array') throw new Error('not an object or array');
  const close = value.offset + value.length - 1;
  let from = value.offset + 1;
  const children = (value.children ?? []).map((node): Child => {
    const [name, inner = node] = isObject ? (node.children ?? []) : [];
    const end = node.offset + node.length;
    const gap = text.slice(from, node.offset);
    const comma = triviaEnd(text, end);
    from = text[comma] === ',' ? comma + 1 : close;
    const colon = name && text.slice(name.offset + name.length, inner.offset);
    return { key: name ? String(name.value) : undefined, colon: colon?.includes('/') === true ? ': ' : colon, gap, start: node.offset, value: inner, end, commaEnd: text[comma] === ',' ? comma + 1 : undefined };
  });
  return { isObject, open: value.offset, close, children };
}

function spaceEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}

/** Behind space and comments. */
function triviaEnd(text: string, from: number): number {
  const trivia = /(?:[ \t\r\n]|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/y;
  trivia.lastIndex = from;
  return from + (trivia.exec(text)?.[0].length ?? 0);
}
