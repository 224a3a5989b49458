/** Puts members and elements into a JSON text, and takes them out, without touching anything else of it. For strict JSON that is known to be valid. */

type Path = readonly (string | number)[];

interface Child {
  /** undefined in an array. */
  readonly key: string | undefined;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

interface Container {
  /** Offsets of the opening and the closing bracket. */
  readonly open: number;
  readonly close: number;
  readonly children: readonly Child[];
}

/** Adds a member (with a key) or an element (without) at the end of the container at `path`, laid out as its neighbours are. */
export function append(text: string, path: Path, key: string | undefined, value: unknown): string {
  const container = containerAt(text, path);
  const label = key === undefined ? '' : `${JSON.stringify(key)}: `;
  const last = container.children.at(-1);
  if (last === undefined) {
    const style = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
    const [outer, inner] = [style.repeat(path.length), style.repeat(path.length + 1)];
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    return text.slice(0, container.open + 1) + eol + inner + label + print(value, style, inner, eol) + eol + outer + text.slice(container.close);
  }
  const before = container.children.at(-2);
  const space = text.slice(before ? text.indexOf(',', before.end) + 1 : container.open + 1, last.start);
  const eol = space.includes('\r\n') ? '\r\n' : '\n';
  const indent = space.slice(space.lastIndexOf('\n') + 1);
  const style = indent.slice(0, indent.length / (path.length + 1)) || '  ';
  const printed = space.includes('\n') ? print(value, style, indent, eol) : JSON.stringify(value);
  return `${text.slice(0, last.end)},${space}${label}${printed}${text.slice(last.end)}`;
}

/** Takes out the member or element at `path`, with its comma. */
export function remove(text: string, path: Path): string {
  const container = containerAt(text, path.slice(0, -1));
  const index = container.children.findIndex((child, at) => path.at(-1) === (child.key ?? at));
  const [before, child, after] = [container.children[index - 1], container.children[index], container.children[index + 1]];
  if (child === undefined) return text;
  if (before) return text.slice(0, before.end) + text.slice(child.end);
  return after ? text.slice(0, child.start) + text.slice(after.start) : text.slice(0, container.open + 1) + text.slice(container.close);
}

/** Puts another value in the place of the one at `path`. */
export function replace(text: string, path: Path, value: unknown): string {
  const container = containerAt(text, path.slice(0, -1));
  const child = container.children.find(({ key }, at) => path.at(-1) === (key ?? at));
  return child === undefined ? text : text.slice(0, child.valueStart) + JSON.stringify(value) + text.slice(child.end);
}

function print(value: unknown, style: string, indent: string, eol: string): string {
  return JSON.stringify(value, null, style).split('\n').join(eol + indent);
}

function containerAt(text: string, path: Path): Container {
  let container = scan(text, skipSpace(text, 0));
  for (const step of path) {
    // Of members with the same name, the last one counts, as for every JSON parser.
    const child = container.children.findLast(({ key }, at) => step === (key ?? at));
    if (child === undefined) throw new Error('nothing there');
    container = scan(text, child.valueStart);
  }
  return container;
}

function scan(text: string, open: number): Container {
  const inObject = text[open] === '{';
  if (!inObject && text[open] !== '[') throw new Error('not a container');
  const children: Child[] = [];
  let at = skipSpace(text, open + 1);
  while (at < text.length && text[at] !== '}' && text[at] !== ']') {
    const start = at;
    const keyEnd = inObject ? skipString(text, start) : start;
    const valueStart = inObject ? skipSpace(text, skipSpace(text, keyEnd) + 1) : start;
    const end = skipValue(text, valueStart);
    children.push({ key: inObject ? (JSON.parse(text.slice(start, keyEnd)) as string) : undefined, start, valueStart, end });
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return { open, close: at, children };
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
  if (text[start] === '"') return skipString(text, start);
  let at = start;
  for (let depth = 0; at < text.length; ) {
    const char = text.charAt(at);
    if (char === '"') {
      at = skipString(text, at);
      continue;
    }
    if (depth === 0 && ',}] \t\r\n'.includes(char)) return at;
    if ('{['.includes(char)) depth++;
    at++;
    if ('}]'.includes(char) && --depth === 0) return at;
  }
  return at;
}
