/** The hook before a tool call, as the agent runs it, against Node that does nothing. Needs `npm run build`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLauncher } from '../../src/adapters/node/launcher.ts';
import { repositoryScope } from '../../src/adapters/node/locations.ts';
import { claimPaths } from '../../src/core/coordination/index.ts';
import { defaultPolicyText } from '../../src/core/policy/index.ts';
import { figure, type Figure } from '../figure.ts';
import { coordinationIn } from './child.ts';
import { percentile } from './crew.ts';

const RUNS = 60;
const CLAIMS = 100;

/** What each event that is measured is about. */
const events = {
  'an edit that may be': { tool: 'Edit', input: (repo: string) => ({ file_path: join(repo, 'free.ts') }) },
  'an edit that is refused': { tool: 'Edit', input: (repo: string) => ({ file_path: join(repo, 'held7.ts') }) },
  'a reading that may be': { tool: 'Read', input: (repo: string) => ({ file_path: join(repo, 'free.ts') }) },
  'a command that may be': { tool: 'Bash', input: () => ({ command: 'cd src && git status --short | head -20 && npm test -- free.ts' }) },
} as const;
type Kind = keyof typeof events;
const kinds = Object.keys(events) as Kind[];

/** In a repository with a hundred claims, and with the policy that Wheelhouse offers, of the repository and of the user. */
export async function hookFigures(): Promise<Figure[]> {
  const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
  if (!existsSync(cli)) return [];
  const root = mkdtempSync(join(tmpdir(), 'wheelhouse-bench-'));
  try {
    const [repo, data] = [join(root, 'repo'), join(root, 'data')];
    mkdirSync(repo);
    const launcher = await writeLauncher(data, { runtime: process.execPath, cli });
    const context = await coordinationIn(repositoryScope(data, repo), 'other');
    for (let i = 0; i < CLAIMS; i++) await claimPaths({ ...context, folder: repo, worktrees: [repo] }, { paths: [`held${i}.ts`] });
    writePolicy(join(repo, '.wheelhouse'), 'repository');
    writePolicy(join(root, '.config', 'wheelhouse'), 'user');
    const env = { HOME: root, WHEELHOUSE_DATA: data, PATH: process.env['PATH'] };
    const time = (program: string, args: string[], input = '') => {
      const started = performance.now();
      const { stdout } = spawnSync(program, args, { input, cwd: repo, env });
      return { took: performance.now() - started, said: stdout.toString() };
    };
    const hook = (kind: Kind) => {
      const { tool, input } = events[kind];
      const { took, said } = time(launcher, ['hook'], JSON.stringify({ session_id: 'own', hook_event_name: 'PreToolUse', cwd: repo, tool_name: tool, tool_use_id: 'call', tool_input: input(repo) }));
      if (said.includes('deny') !== kind.endsWith('refused')) throw new Error(`The hook said of ${kind}: ${said}`);
      return took;
    };
    const bare: number[] = [];
    const times = new Map(kinds.map((kind) => [kind, [] as number[]]));
    // The first runs fill caches, as those of a session do.
    for (let i = -3; i < RUNS; i++) {
      const plain = time(process.execPath, ['-e', '0']).took;
      if (i >= 0) bare.push(plain);
      for (const [kind, list] of times) {
        const took = hook(kind);
        if (i >= 0) list.push(took);
      }
    }
    return [...times].flatMap(([kind, list]) => [0.5, 0.95].map((share) => figure(`coordination: hook before ${kind}, p${share * 100}, launcher and Node's start included (baseline: bare Node)`, percentile(list, share), 'ms', RUNS, percentile(bare, share))));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function writePolicy(folder: string, scope: 'repository' | 'user'): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'policy.yaml'), defaultPolicyText(scope));
}

if (import.meta.main) for (const each of await hookFigures()) console.log(JSON.stringify(each));
