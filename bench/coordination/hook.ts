/** The hook before an edit, as the agent runs it, against Node that does nothing. Needs `npm run build`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLauncher } from '../../src/adapters/node/launcher.ts';
import { repositoryScope } from '../../src/adapters/node/locations.ts';
import { claimPaths } from '../../src/core/coordination/index.ts';
import { figure, type Figure } from '../figure.ts';
import { coordinationIn } from './child.ts';
import { percentile } from './crew.ts';

const RUNS = 60;
const CLAIMS = 100;

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
    const eventFor = (file: string) => JSON.stringify({ session_id: 'own', hook_event_name: 'PreToolUse', cwd: repo, tool_name: 'Edit', tool_input: { file_path: join(repo, file) } });
    const time = (program: string, args: string[], file = 'free.ts') => {
      const started = performance.now();
      const { stdout } = spawnSync(program, args, { input: eventFor(file), cwd: repo, env: { HOME: root, WHEELHOUSE_DATA: data, PATH: process.env['PATH'] } });
      const took = performance.now() - started;
      if (program === launcher && stdout.includes('deny') !== (file !== 'free.ts')) throw new Error(`The hook said of ${file}: ${stdout.toString()}`);
      return took;
    };
    const [free, refused, bare]: [number[], number[], number[]] = [[], [], []];
    // The first runs fill caches, as those of a session do.
    for (let i = -3; i < RUNS; i++) {
      const times = [time(launcher, ['hook']), time(launcher, ['hook'], 'held7.ts'), time(process.execPath, ['-e', '0'])] as const;
      if (i >= 0) [free, refused, bare].forEach((list, index) => list.push(times[index] ?? NaN));
    }
    return (
      [
        ['that may be', free],
        ['that is refused', refused],
      ] as const
    ).flatMap(([what, times]) => [0.5, 0.95].map((share) => figure(`coordination: hook before an edit ${what}, p${share * 100}, launcher and Node's start included (baseline: bare Node)`, percentile(times, share), 'ms', RUNS, percentile(bare, share))));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

if (import.meta.main) for (const each of await hookFigures()) console.log(JSON.stringify(each));
