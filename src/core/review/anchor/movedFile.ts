import { Correspondence } from './correspondence.ts';
import { splitLines } from './lines.ts';
import { resolveAnchors } from './resolve.ts';
import type { Anchor, FileCandidate, MovedFile, Resolution } from './types.ts';

/** The share of a snapshot's words that a file must hold, in order, to count as its new version. */
const SAME_FILE = 0.4;
/** A quote in a file that is no version of the old one has to be found this surely. */
const SURE_QUOTE = 0.75;
/** Another file whose claim comes this near makes the answer ambiguous. */
const MARGIN = 0.1;
const SHOWN = 5;

/**
 * Picks the file that took over an anchor's code when its path is gone and version control knows of
 * no rename. Attaches only when one file can be meant; otherwise the candidates are for the user.
 *
 * @param snapshot The text that the anchor was recorded on, if it is at hand.
 * @param files Files that may hold the code, for example those that contain its longest quoted line.
 */
export function matchMovedFile(anchor: Anchor, snapshot: string | undefined, files: readonly FileCandidate[]): MovedFile {
  const claims = files.map(({ path, text }) => {
    const isVersion = snapshot !== undefined && new Correspondence(splitLines(snapshot), splitLines(text)).keptShare >= SAME_FILE;
    const [resolution] = resolveAnchors([anchor], isVersion ? snapshot : undefined, text) as [Resolution];
    const attached = resolution.range !== undefined && (isVersion || resolution.score >= SURE_QUOTE);
    const range = resolution.range ?? resolution.candidates?.[0]?.range;
    return { path, resolution, attached, range, score: resolution.score };
  });
  claims.sort((x, y) => y.score - x.score || (x.path < y.path ? -1 : 1));
  const candidates = claims.flatMap(({ path, range, score }) => (range ? [{ path, range, score }] : [])).slice(0, SHOWN);
  const [best, second] = claims;
  if (!best?.attached || (second && second.score > best.score - MARGIN)) return { candidates };
  return { match: { path: best.path, resolution: best.resolution }, candidates };
}
