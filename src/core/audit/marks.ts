/**
 * Which calls a user should look at: those that were denied, and those that were let be although they
 * came near. What is forbidden is learned from the record itself, so no policy is needed to look back.
 */
import type { AuditCall, AuditMark } from './model.ts';

/** An attempt at something alike counts as "soon after" for so long. */
const SOON_MS = 10 * 60_000;
/** So many of the last denied paths are compared with: each call is, with each. */
const MOST_DENIED = 60;

interface Place {
  readonly path: string;
  readonly name: string;
  readonly folder: string;
}

interface Denied extends Place {
  readonly at: number;
  readonly session: string;
}

/** The marks of calls, which are to be given in the order of their times. */
export class Marker {
  /** The last first. */
  #denied: Denied[] = [];

  markOf(call: AuditCall): AuditMark | undefined {
    if (call.decision === 'denied') {
      this.#remember(deniedPaths(call));
      return { kind: 'violation', why: `It was denied by ${denier[call.layer]}.` };
    }
    if (call.decision === 'refused') return { kind: 'violation', why: 'The user was asked, and refused it.' };
    if (call.near !== undefined) return { kind: 'near-miss', why: call.near };
    if (call.decision === 'open') return undefined;
    return this.#near(call);
  }

  #remember(paths: readonly Denied[]): void {
    if (paths.length === 0) return;
    const again = (one: Denied) => paths.some((other) => other.path === one.path && other.session === one.session);
    this.#denied = [...paths, ...this.#denied.filter((one) => !again(one))].slice(0, MOST_DENIED);
  }

  #near(call: AuditCall): AuditMark | undefined {
    if (this.#denied.length === 0) return undefined;
    const words = call.command === undefined ? undefined : folded(call.command);
    const tried = placesOf(call);
    for (const denied of this.#denied) {
      // Of a call that ends late, others may have been denied since.
      if (denied.at > call.at) continue;
      const soon = denied.session === call.session && call.at - denied.at <= SOON_MS;
      // A name that anything could be called says nothing by itself.
      const telling = denied.name.length >= 4;
      if (words !== undefined && (words.includes(denied.path) || (telling && soon && hasWord(words, denied.name)))) return near(`The command names ${denied.name}, which was denied before; what a command opens cannot be known for sure.`);
      for (const { path, name, folder } of tried) {
        if (path === denied.path) return near('The same path was denied before.');
        if (soon && telling && name === denied.name) return near('A file of the same name was denied to this session shortly before.');
        if (soon && folder === denied.folder && alike(name, denied.name)) return near(`It is beside ${denied.name}, which was denied to this session shortly before, and is called nearly the same.`);
        if (folder === denied.folder && isPrivate(folder)) return near(`It is in the same private folder as ${denied.name}, which was denied.`);
      }
    }
    return undefined;
  }
}

const denier: Readonly<Record<AuditCall['layer'], string>> = {
  policy: 'the policy',
  claim: 'the claim of another session',
  agent: 'the agent’s own rules',
  user: 'the user',
  sandbox: 'the sandbox',
  none: 'nobody that is known',
};

const near = (why: string): AuditMark => ({ kind: 'near-miss', why });

/** A claim is about the moment, not about the file: what it denied is free again later. */
function deniedPaths(call: AuditCall): Denied[] {
  return call.layer === 'claim' ? [] : placesOf(call).map((place) => ({ at: call.at, session: call.session, ...place }));
}

/** The files of a call by all of their names. */
function placesOf({ paths }: AuditCall): Place[] {
  const names = paths.flatMap(({ asked, real }) => (real === undefined ? [asked] : [asked, real]));
  return names.map(folded).map((path) => ({ path, name: nameOf(path), folder: folderOf(path) }));
}

/** Alike in spite of the case, of how letters with marks are written, of dots and doubled slashes: spellings of one path. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('\\', '/').replace(/\/(?:\.?\/)+/g, '/');
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** `.env.example` beside `.env`: one begins with the other, and the rest is a suffix or a sign. */
function alike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 3 && long.startsWith(short) && /^[.~_\- ]/.test(long.slice(short.length));
}

/** A hidden folder, as `~/.ssh`; not the one that a work tree is. */
function isPrivate(folder: string): boolean {
  return /\/\.[^/.][^/]*$/.test(folder);
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (!/[\w-]/.test(text[at - 1] ?? '') && !/[\w-]/.test(text[at + word.length] ?? '')) return true;
  return false;
}
