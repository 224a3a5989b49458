import type { Files } from '../ports/files.ts';

export interface SmokeCommand {
  readonly argv: readonly [string, ...string[]];
  /** As a person would type it, for messages and evidence. */
  readonly label: string;
  readonly source: 'setting' | 'make' | 'npm';
}

/** What the user set: a shell line, or a program with its arguments; empty for the convention. */
export type SmokeSetting = string | readonly string[] | undefined;

const makefiles = ['GNUmakefile', 'makefile', 'Makefile'];

/**
 * The smoke test of a folder: what the setting says, else `make test` when the Makefile has that
 * target, else `npm test` when package.json has that script; undefined when there is none.
 * The order of Makefile names is GNU make's own.
 */
export async function findSmokeCommand(files: Pick<Files, 'readText'>, join: (folder: string, name: string) => string, root: string, setting: SmokeSetting, windows = false): Promise<SmokeCommand | undefined> {
  const configured = fromSetting(setting, windows);
  if (configured) return configured;
  for (const name of makefiles) {
    const makefile = await files.readText(join(root, name));
    if (makefile === undefined) continue;
    if (hasTarget(makefile, 'test')) return { argv: ['make', 'test'], label: 'make test', source: 'make' };
    break; // GNU make reads the first one that exists and no other.
  }
  const manifest = await files.readText(join(root, 'package.json'));
  if (manifest !== undefined && hasTestScript(manifest)) {
    // On Windows npm is a script, which cannot be started without a shell.
    const argv = windows ? (['cmd', '/d', '/c', 'npm test'] as const) : (['npm', 'test'] as const);
    return { argv, label: 'npm test', source: 'npm' };
  }
  return undefined;
}

function fromSetting(setting: SmokeSetting, windows: boolean): SmokeCommand | undefined {
  if (setting === undefined) return undefined;
  if (typeof setting === 'string') {
    const line = setting.trim();
    if (line === '') return undefined;
    return { argv: windows ? ['cmd', '/d', '/s', '/c', line] : ['/bin/sh', '-c', line], label: line, source: 'setting' };
  }
  const [program, ...args] = setting;
  return program === undefined ? undefined : { argv: [program, ...args], label: setting.join(' '), source: 'setting' };
}

/** Whether a Makefile has a rule for the target: a line such as `build test: deps`, but no assignment. */
export function hasTarget(makefile: string, target: string): boolean {
  for (const line of makefile.split('\n')) {
    const rule = /^([^\s#:=][^#:=]*?)\s*::?(?![:=])/.exec(line);
    if (rule?.[1]?.split(/\s+/).includes(target)) return true;
  }
  return false;
}

/** npm's own placeholder, which always fails, is no test. */
function hasTestScript(manifest: string): boolean {
  try {
    const parsed: unknown = JSON.parse(manifest.replace(/^\uFEFF/, ''));
    const script = (parsed as { scripts?: { test?: unknown } } | null)?.scripts?.test;
    return typeof script === 'string' && script.trim() !== '' && !script.includes('Error: no test specified');
  } catch {
    return false;
  }
}
