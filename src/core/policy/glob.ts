/** Patterns of paths, as git and Claude Code read them: a name counts at any depth, a folder stands for all in it. */

export interface PatternPlace {
  /** What `~` and what relative patterns stand for. Absolute. */
  readonly home: string;
  readonly root: string;
}

/** Any part of a path that is a pattern. */
const WILD = /[*?[]/;

/** `/` between the parts. */
export function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

/**
 * What a pattern of a policy file stands for: an absolute pattern, or one that begins with two stars.
 * @returns A sentence to the user in `wrong` for what is no pattern.
 */
export function globOf(pattern: string, { home, root }: PatternPlace): { readonly glob: string } | { readonly wrong: string } {
  if (pattern.trim() === '') return { wrong: 'an empty pattern matches nothing. Remove it.' };
  if (pattern.includes('\0')) return { wrong: 'no path has a NUL in it.' };
  if (pattern.startsWith('!')) return { wrong: 'there are no exceptions: the agent\'s own rules know none, so the layers would differ. Write the patterns so that they do not match the file.' };
  if (/[{}]/.test(pattern.replace(/^\$\{HOME\}/, ''))) return { wrong: 'braces are not understood. Write a line for each.' };
  if (/^~[^/\\]/.test(pattern)) return { wrong: 'only the own home folder has a short name. Write the path in full.' };
  if (/^\$(?!HOME(?:[/\\]|$)|\{HOME\}(?:[/\\]|$))/.test(pattern)) return { wrong: 'of variables only $HOME is understood. Write the path in full.' };
  const text = slashed(pattern.replace(/^(?:~|\$HOME|\$\{HOME\})(?=[/\\]|$)/, () => home)).replace(/(?<=[^/])\/+$/, '');
  const written = text.replace(/^\.\/(?=.)/, '');
  if (/^[A-Za-z]:\//.test(text) || text.startsWith('/')) return { glob: normalised(text.replace(/^\/\/(?=[^/])/, '/')) };
  if (text.startsWith('**/')) return { glob: text };
  if (!text.startsWith('./') && !written.includes('/') && written !== '.' && written !== '..') return { glob: `**/${written}` };
  return { glob: normalised(`${slashed(root)}/${written}`) };
}

/** Without `.`, `..` and doubled slashes. */
export function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (!/^[A-Za-z]:$/.test(parts.at(-1) ?? '')) parts.pop();
  }
  return path.startsWith('/') ? `/${parts.join('/')}` : parts.join('/');
}

/** Whether it names one path, and is no pattern. */
export function isLiteral(glob: string): boolean {
  return !WILD.test(glob);
}

/** The part of an absolute pattern before its first wild part. */
export function literalStart(glob: string): string {
  const parts = glob.split('/');
  const wild = parts.findIndex((part) => WILD.test(part));
  return wild < 0 ? glob : parts.slice(0, wild).join('/');
}

const compiled = new Map<string, RegExp>();

/** Whether a path is what the pattern stands for, or lies in it. Both in `/` form. */
export function matches(glob: string, path: string, ignoreCase: boolean): boolean {
  const text = comparable(path, ignoreCase);
  if (lacks(glob, text, ignoreCase)) return false;
  const key = `${ignoreCase ? 'i' : 's'}${glob}`;
  let regex = compiled.get(key);
  if (regex === undefined) compiled.set(key, (regex = new RegExp(`^${source(glob.normalize('NFC'))}(?:/.*)?$`, ignoreCase ? 'isu' : 'su')));
  return regex.test(text);
}

const ASCII = /^[\0-\x7f]*$/;

/**
 * Whether the pattern says letters that are nowhere in the path. Most patterns do, and a hook has no
 * time to build an expression for each. Of letters beyond ASCII, which fold in ways of their own, nothing is said.
 */
function lacks(glob: string, text: string, ignoreCase: boolean): boolean {
  if (glob.includes('[') || !ASCII.test(glob) || (ignoreCase && !ASCII.test(text))) return false;
  const spoken = glob.split(/[*?]+\/?/).reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
  return ignoreCase ? !text.toLowerCase().includes(spoken.toLowerCase()) : !text.includes(spoken);
}

/** File systems that fold case also fold forms of a letter, and some pass over characters that are not seen (CVE-2014-9390). */
export function comparable(path: string, ignoreCase: boolean): string {
  const text = path.normalize('NFC');
  return ignoreCase ? text.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '') : text;
}

function source(glob: string): string {
  let result = '';
  /** What stands behind the last star of a part of the path, and whether there was one. */
  let piece = '';
  let isStarred = false;
  let pieces = 0;
  // Behind a star, what follows up to the next one counts where it is found first, and for good: to try all places would take time that grows with each star.
  const endPiece = (isLast: boolean) => {
    if (!isStarred) result += piece;
    else if (isLast) result += `[^/]*${piece}`;
    else if (piece !== '') result += `(?=(?<p${++pieces}>[^/]*?${piece}))\\k<p${pieces}>`;
    piece = '';
  };
  for (let at = 0; at < glob.length; ) {
    const rest = glob.slice(at);
    const [doubled] = /^\*\*(?:\/|$)/.exec(rest) ?? [];
    const isPart = at === 0 || glob[at - 1] === '/';
    const [set, not, members] = /^\[([!^]?)(\]?[^\]/]*)\]/.exec(rest) ?? [];
    if (doubled !== undefined && isPart) {
      // At the end it is all that is in the folder, not the folder.
      result += doubled === '**' ? '.+' : '(?:.*/)?';
      at += doubled.length;
    } else if (set !== undefined && members !== undefined) {
      piece += `[${not === '' ? '' : '^/'}${members.replace(/[\\\]^[&~|]/g, '\\$&')}]`;
      at += set.length;
    } else {
      const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
      if (char === '*') {
        endPiece(false);
        isStarred = true;
      } else if (char === '/') {
        endPiece(true);
        isStarred = false;
        result += '/';
      } else piece += char === '?' ? '[^/]' : char.replace(/[\\^$.*+?()[\]{}|-]/, (special) => (special === '-' ? '\\x2d' : `\\${special}`));
      at += char.length;
    }
  }
  endPiece(true);
  return result;
}
