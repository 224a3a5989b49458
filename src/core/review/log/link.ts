import type { Target } from './types.ts';

/**
 * Org's links to files, read and written as Org 9.5 does (`org-link-bracket-re`,
 * `org-link-escape`, `org-element-link-parser`).
 */
export interface FileLink {
  /** The span of the whole link, `[[…][…]]`. */
  readonly start: number;
  readonly end: number;
  /** `file:`, `file+emacs:`, … or nothing, as the link has it. */
  readonly scheme: string;
  readonly target: Target;
  readonly description?: string;
}

const zeroWidthSpace = '\u200b';

/** The first link to a file in `[start, end)` of `text`, which is one line. */
export function findFileLink(text: string, start: number, end: number): FileLink | undefined {
  const line = text.slice(start, end);
  const lastClose = line.lastIndexOf(']]');
  let at = line.indexOf('[[');
  while (at >= 0 && at < lastClose) {
    const link = bracketLink(line, at);
    const file = link && fileTarget(unescape(line.slice(at + 2, link.targetEnd)));
    if (link && file) {
      const description = link.descriptionStart === undefined ? {} : { description: line.slice(link.descriptionStart, link.end - 2) };
      return { start: start + at, end: start + link.end, scheme: file.scheme, target: file.target, ...description };
    }
    at = line.indexOf('[[', link?.end ?? at + 1);
  }
  return plainLink(line, start);
}

/** `file:a.py::12` or `<file:a b.py::12>`; Org takes a link that lacks its last brackets for one of these too. */
function plainLink(line: string, offset: number): FileLink | undefined {
  const found = /<(file(?:\+\w+)?:[^<>]+)>|(?<!\w)file(?:\+\w+)?:(?:[^\][\s()<>]*[^\][\s()<>\p{P}]|\/)+/iu.exec(line);
  const file = found && fileTarget(found[1] ?? found[0]);
  return found && file ? { start: offset + found.index, end: offset + found.index + found[0].length, scheme: file.scheme, target: file.target } : undefined;
}

interface Brackets {
  readonly targetEnd: number;
  readonly descriptionStart?: number;
  readonly end: number;
}

function bracketLink(line: string, start: number): Brackets | undefined {
  let at = start + 2;
  for (let escaped = false; at < line.length; at++) {
    const char = line.charAt(at);
    if (!escaped && (char === ']' || char === '[')) break;
    escaped = char === '\\' && !escaped;
  }
  if (at === start + 2) return undefined;
  if (line.startsWith(']]', at)) return { targetEnd: at, end: at + 2 };
  if (!line.startsWith('][', at)) return undefined;
  const close = line.indexOf(']]', at + 3);
  return close < 0 ? undefined : { targetEnd: at, descriptionStart: at + 2, end: close + 2 };
}

function fileTarget(link: string): { scheme: string; target: Target } | undefined {
  const scheme = link.startsWith('file:') ? 'file:' : (/^file(?:\+[^:]*)?:/i.exec(link)?.[0] ?? '');
  if (scheme === '' && !/^(?:[/~]|\.\.?\/|[A-Za-z]:[\\/])/.test(link)) return undefined;
  const rest = link.slice(scheme.length);
  const cut = rest.indexOf('::');
  const written = cut < 0 ? rest : rest.slice(0, cut);
  const path = written.startsWith('//') ? written.replace(/^\/\/+(.:)?\//, '$1/') : written;
  if (path === '') return undefined;
  return { scheme, target: { path, ...(cut < 0 ? {} : lines(rest.slice(cut + 2))) } };
}

/** Org jumps only to `::127`; people and language models also write `::L127`, `::127-130` and `::127:5`. */
function lines(option: string): { line?: number; endLine?: number } {
  const found = /^L?([1-9]\d{0,8})(?:-L?([1-9]\d{0,8})|:\d+)?$/.exec(option);
  if (!found) return {};
  const line = Number(found[1]);
  const endLine = Number(found[2] ?? 0);
  return endLine > line ? { line, endLine } : { line };
}

/**
 * The link for a target. A path that a link cannot hold (one with `::` or a control character) gives
 * a link to the nearest folder that one can, and `expressed` false: the path then needs a property.
 */
export function formatLink(target: Target, scheme = 'file:', description: string | undefined = describe(target)): { link: string; expressed: boolean } {
  const option = target.line === undefined ? '' : `::${target.line}`;
  const link = brackets(`${scheme}${target.path}${option}`, description);
  const read = findFileLink(link, 0, link.length);
  const expressed = !hasControl(target.path) && read?.end === link.length && read.target.path === target.path && read.target.line === target.line;
  return expressed ? { link, expressed } : { link: brackets(`file:${folderFor(target.path)}`, description), expressed };
}

/** `basename:line`, what the link shows. */
export function describe(target: Target): string {
  const windows = /^(?:[A-Za-z]:[\\/]|\\\\)/.test(target.path);
  const name = target.path.split(windows ? /[\\/]/ : '/').findLast((part) => part !== '') ?? target.path;
  return target.line === undefined ? name : `${name}:${target.line}`;
}

function brackets(target: string, description: string | undefined): string {
  const shown = description === undefined || description === '' ? '' : `[${describable(description)}]`;
  return `[[${escape(target)}]${shown}]`;
}

/** A description can neither hold `]]` nor end with `]`; Emacs puts a zero-width space there too. */
export function describable(description: string): string {
  return description.replace(controls, ' ').replace(/\](?=\]|$)/g, `]${zeroWidthSpace}`);
}

function folderFor(path: string): string {
  const cut = path.search(/::|[\u0000-\u001f\u007f]|:$/);
  const folder = path.slice(0, path.lastIndexOf('/', Math.max(cut, 0)) + 1);
  return folder === '' || /^\/\//.test(folder) ? './' : folder;
}

// A file name may hold any of them; a line of a text file should not.
const controls = /[\u0000-\u001f\u007f]/g;

export function hasControl(text: string): boolean {
  return text.search(controls) >= 0;
}

function escape(link: string): string {
  return link.replace(/(\\*)([[\]]|$)/g, (_all, slashes: string, bracket: string) => slashes + slashes + (bracket === '' ? '' : `\\${bracket}`));
}

function unescape(link: string): string {
  if (!link.includes('\\')) return link;
  return link.replace(/(\\+)(?=[[\]]|$)/g, (slashes) => '\\'.repeat(Math.floor(slashes.length / 2)));
}
