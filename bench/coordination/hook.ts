/** The hook before an edit, as the agent runs it, against Node that does nothing. Needs `npm run build`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    const context = await coordinationIn(repositoryScope(data, repo), 'other');
    for (let i = 0; i < CLAIMS; i++) await claimPaths({ ...context, folder: repo, worktrees: [repo] }, { paths: [`held${i}.ts`] });
    const event = JSON.stringify({ session_id: 'own', hook_event_name: 'PreToolUse', cwd: repo, tool_name: 'Edit', tool_input: { file_path: join(repo, 'free.ts') } });
    const time = (args: string[]) => {
      const started = performance.now();
      spawnSync(process.execPath, args, { input: event, cwd: repo, env: { HOME: root, WHEELHOUSE_DATA: data } });
      return performance.now() - started;
    };
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let i = 0; i < RUNS; i++) {
      bare.push(time(['-e', '0']));
      ours.push(time([cli, 'hook']));
    }
    return [0.5, 0.95].map((share) => figure(`coordination: hook before an edit that may be, p${share * 100}, Node's start included (baseline: bare Node)`, percentile(ours, share), 'ms', RUNS, percentile(bare, share)));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
