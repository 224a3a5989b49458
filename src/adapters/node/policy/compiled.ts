/** The policy as JSON beside the data, so that a hook needs no parser: read as long as no file has changed since. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Policy } from '../../../core/policy/light.ts';
import { systemRandom } from '../clock.ts';
import { claudeConfigFolder } from '../sessions/claude-config.ts';
import { keyOf, policyData, policyFiles, type PolicyPlace } from './place.ts';

/** Grows with the format of what is kept and with what the parser makes of a file. */
const VERSION = 2;

interface Compiled {
  readonly version: number;
  readonly stamps: readonly string[];
  /** null: there is no policy. */
  readonly policy: Policy | null;
}

/** What changes with a file: also the time of its last change of any kind, which cannot be set. */
export function stampsOf(place: PolicyPlace): string[] {
  return [...policyFiles(place).map(({ file }) => {
    const found = statSync(file, { throwIfNoEntry: false });
    return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
  }), place.home, claudeConfigFolder(place.env)];
}

function fileOf(place: PolicyPlace): string {
  return join(policyData(place.dataRoot), `compiled-${keyOf(...place.roots)}.json`);
}

/** @returns undefined when it has to be compiled; null when there is no policy. */
export function readCompiled(place: PolicyPlace, stamps = stampsOf(place)): Policy | null | undefined {
  // Nothing is kept where there is no policy anywhere: most repositories have none.
  if (stamps.slice(0, -2).every((stamp) => stamp === '')) return null;
  try {
    const kept = JSON.parse(readFileSync(fileOf(place), 'utf8')) as Compiled;
    return kept.version === VERSION && kept.stamps.length === stamps.length && kept.stamps.every((stamp, at) => stamp === stamps[at]) ? kept.policy : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it for the next hook; that it cannot be kept is no reason to fail. */
export function keepCompiled(place: PolicyPlace, stamps: readonly string[], policy: Policy | null): void {
  const file = fileOf(place);
  const temporary = `${file}.${systemRandom.base32(8)}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, JSON.stringify({ version: VERSION, stamps, policy } satisfies Compiled), { flag: 'wx', mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    rmSync(temporary, { force: true });
  }
}
