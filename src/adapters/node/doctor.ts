import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import nodePath from 'node:path';
import { messageOf } from '../../core/base/errors.ts';
import { claudeSettingsFile, gitHookState, readMcpEntry, type ClaudeScope } from '../../core/install/index.ts';
import { listComments, pathForDisplay } from '../../core/review/index.ts';
import { claudeHooksFile, readClaudeHooks } from '../../core/sessions/index.ts';
import { storageFindings } from '../../core/storage/index.ts';
import { coordinationFindings } from './doctor-coordination.ts';
import { nodeFiles } from './files.ts';
import { executables, launcherPath } from './launcher.ts';
import { policyFindings } from './policy/doctor.ts';
import { nodeProcesses } from './processes.ts';
import { resolveDataRoot } from './locations.ts';
import { gatherStorageFacts } from './storage-facts.ts';
import type { Workspace } from './workspace.ts';

/** What `wheelhouse doctor` says about one thing. */
export interface DoctorFinding {
  /** `warn`: it works without, or only partly; `fail`: something that is needed does not work. */
  readonly level: 'ok' | 'warn' | 'fail';
  readonly check: string;
  readonly message: string;
  /** How to mend it. */
  readonly fix?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const programTimeoutMs = 10_000;

/** Looks at everything that Wheelhouse needs, and mends nothing. Always the same checks in the same order. */
export async function examine(workspace: Workspace, env: Environment): Promise<readonly DoctorFinding[]> {
  const checks: readonly (() => Promise<readonly DoctorFinding[]>)[] = [
    () => program('git', 'fail', 'Install git 2.31 or later: without it comments do not follow renames, and there is no hook.'),
    () => program('claude', 'warn', 'Install Claude Code, or set wheelhouse.agent.claudePath: it is what "Fix All Pending Reviews" starts.'),
    () => repository(workspace),
    () => smokeTest(workspace),
    () => reviewLog(workspace),
    () => launcher(workspace),
    () => registration(workspace, env),
    () => sessionHooks(workspace, env),
    () => policyFindings({ folder: workspace.review.workspace, env, dataRoot: workspace.dataRoot }),
    () => hook(workspace),
    () => coordinationFindings(workspace, env),
    () => storage(workspace, env),
  ];
  const found: DoctorFinding[] = [];
  for (const check of checks) {
    try {
      found.push(...(await check()));
    } catch (error) {
      found.push({ level: 'fail', check: 'doctor', message: messageOf(error), fix: 'Mend that, and run doctor again.' });
    }
  }
  return found;
}

async function program(name: string, missing: 'warn' | 'fail', fix: string): Promise<DoctorFinding[]> {
  try {
    const result = await nodeProcesses().run([name, '--version'], { cwd: homedir(), timeoutMs: programTimeoutMs });
    const [version = ''] = result.stdout.trim().split('\n');
    if (result.exitCode === 0) return [{ level: 'ok', check: name, message: version }];
    return [{ level: missing, check: name, message: result.ended === 'timeout' ? `${name} --version did not answer` : `${name} --version failed`, fix: `Run "${name} --version" and mend what it says.` }];
  } catch {
    return [{ level: missing, check: name, message: `there is no ${name} on PATH`, fix }];
  }
}

async function repository({ review }: Workspace): Promise<DoctorFinding[]> {
  const { root, commonDir, worktrees } = review.repository;
  const check = 'repository';
  if (commonDir === undefined) return [{ level: 'warn', check, message: `${root} is in no git repository`, fix: 'Comments work, but do not follow renamed files, and evidence names no commit. Run "git init" to have that.' }];
  const { commit } = await review.head();
  const trees = worktrees.length > 1 ? `, ${worktrees.length} work trees` : '';
  return [{ level: 'ok', check, message: `${root}${trees}${commit === undefined ? ', no commit yet' : ''}` }];
}

async function smokeTest({ review }: Workspace): Promise<DoctorFinding[]> {
  const check = 'smoke test';
  const command = await (await review.smoke()).command(review.repository.root);
  if (command) return [{ level: 'ok', check, message: `${command.label} (${command.source === 'setting' ? 'by the setting' : 'by convention'})` }];
  return [{ level: 'warn', check, message: `${review.repository.root} has none, so no comment can be marked as done`, fix: 'Add a "test" target to its Makefile, a "test" script to its package.json, or set wheelhouse.smoke.command.' }];
}

async function reviewLog({ review }: Workspace): Promise<DoctorFinding[]> {
  const { path } = review.log;
  const check = 'review log';
  try {
    const found = await nodeFiles.stat(path);
    if (!found) return [{ level: 'ok', check, message: `${path} is not there yet; the first comment makes it` }];
    const text = await review.log.read();
    const items = await listComments(review, { state: 'all' });
    const open = items.filter((item) => item.state === 'todo');
    const lost = open.filter((item) => item.status === 'orphan' || item.status === 'file-gone');
    const findings: DoctorFinding[] = [{ level: 'ok', check, message: `${path}: ${Math.ceil(found.size / 1024)} KB, ${items.length} ${items.length === 1 ? 'comment' : 'comments'}, ${open.length} open, ${open.filter((item) => item.here).length} of them here` }];
    if (lost.length > 0) findings.push({ level: 'warn', check, message: `the code of ${lost.length} open ${lost.length === 1 ? 'comment is' : 'comments is'} lost: ${lost.slice(0, 5).map((item) => item.id).join(', ')}`, fix: 'Say where it is now: wheelhouse review attach ID FILE:LINE' });
    const twice = repeatedIds(text, new Set(items.map((item) => item.id)));
    if (twice.length > 0) findings.push({ level: 'warn', check, message: `${path} has the same :ID: at more than one comment: ${twice.slice(0, 5).join(', ')}${twice.length > 5 ? ', …' : ''}`, fix: 'The first one keeps it, the others go by ids of their own; delete their :ID: lines.' });
    if (text !== '' && !(await isWritable(path))) findings.push({ level: 'fail', check, message: `${path} cannot be written`, fix: `Check its owner and mode: chmod u+w '${path}'` });
    return findings;
  } catch (error) {
    return [{ level: 'fail', check, message: messageOf(error), fix: 'Mend that, or choose another log by wheelhouse.review.logFile.' }];
  }
}

/** Comments that were copied with their id, which is meant to be unique. */
function repeatedIds(text: string, known: ReadonlySet<string>): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const [, id = ''] of text.matchAll(/^[ \t]*:ID:[ \t]+(\S+)/gm)) {
    if (seen.has(id) && known.has(id)) repeated.add(id);
    seen.add(id);
  }
  return [...repeated];
}

async function launcher({ dataRoot }: Workspace): Promise<DoctorFinding[]> {
  const check = 'launcher';
  const path = launcherPath(dataRoot);
  const fix = 'Start the editor with the Wheelhouse extension once, or run "wheelhouse install claude".';
  if ((await executables.isExecutable(path)) === undefined) return [{ level: 'warn', check, message: `${path} is not there yet; agents and hooks need it`, fix }];
  try {
    const result = await nodeProcesses().run([path, '--version'], { cwd: dataRoot, timeoutMs: programTimeoutMs });
    if (result.exitCode === 0) return [{ level: 'ok', check, message: `${path}, version ${result.stdout.trim()}` }];
    return [{ level: 'fail', check, message: `${path} does not run: ${result.stderr.trim().split('\n', 1)[0] ?? ''}`, fix }];
  } catch (error) {
    return [{ level: 'fail', check, message: messageOf(error), fix }];
  }
}

async function registration({ review, dataRoot }: Workspace, env: Environment): Promise<DoctorFinding[]> {
  const check = 'MCP server';
  const places = { home: review.home, configFolder: env['CLAUDE_CONFIG_DIR'] };
  const fileOf = (scope: ClaudeScope, workspace = review.workspace) => claudeSettingsFile(nodePath, scope, { ...places, workspace });
  const user = fileOf('user');
  const files = new Set([fileOf('workspace'), fileOf('workspace', review.repository.root), user]);
  for (const file of files) {
    const entry = readMcpEntry(await nodeFiles.readText(file), file);
    if (entry.kind === 'none') continue;
    const shown = pathForDisplay(review, file);
    if (entry.kind === 'foreign') return [{ level: 'warn', check, message: `${shown} has an entry "wheelhouse" that Wheelhouse did not write`, fix: 'Replace it with "wheelhouse install claude --force", or leave it when it is yours.' }];
    if (entry.command === launcherPath(dataRoot)) return [{ level: 'ok', check, message: `registered with Claude Code in ${shown}` }];
    return [{ level: 'warn', check, message: `${shown} starts ${entry.command}, not ${launcherPath(dataRoot)}`, fix: `Run "wheelhouse install claude${file === user ? ' --scope user' : ''}".` }];
  }
  return [{ level: 'warn', check, message: 'Claude Code does not know it here', fix: 'Run "wheelhouse install claude".' }];
}

async function sessionHooks({ review }: Workspace, env: Environment): Promise<DoctorFinding[]> {
  const check = 'session hooks';
  const places = { workspace: review.workspace, home: review.home, configFolder: env['CLAUDE_CONFIG_DIR'] };
  for (const scope of ['workspace', 'user'] as const) {
    const file = claudeHooksFile(nodePath, scope, places);
    const found = readClaudeHooks(await nodeFiles.readText(file), file);
    if (found === 'all') return [{ level: 'ok', check, message: `in ${pathForDisplay(review, file)}` }];
    if (found === 'some') return [{ level: 'warn', check, message: `${pathForDisplay(review, file)} has those of another version`, fix: `Run "wheelhouse install claude${scope === 'user' ? ' --scope user' : ''}".` }];
  }
  return [{ level: 'ok', check, message: 'not installed; "wheelhouse install claude" makes the states of sessions faster and finer' }];
}

async function hook({ review, git }: Workspace): Promise<DoctorFinding[]> {
  const check = 'git hook';
  const found = await gitHookState({ files: nodeFiles, executables, git, paths: nodePath, repository: review.repository });
  if (!found) return [];
  if (found.state === 'none') return [{ level: 'ok', check, message: 'not installed; "wheelhouse install git-hook" names open comments at every commit' }];
  if (!found.runs) return [{ level: 'warn', check, message: `${found.path} cannot be executed, so git passes over it`, fix: `chmod +x '${found.path}'` }];
  return [{ level: 'ok', check, message: `${found.path} ${found.state === 'blocks' ? 'stops commits with open comments' : 'names open comments'}` }];
}

async function storage({ dataRoot }: Workspace, env: Environment): Promise<DoctorFinding[]> {
  const resolved = resolveDataRoot(env);
  const facts = await gatherStorageFacts(resolved.path === dataRoot ? resolved : { path: dataRoot, source: 'option' });
  const broken = new Set(facts.journals.map((journal) => journal.error));
  return storageFindings(facts).map(({ check, ok, message, fix }) => {
    // Without a folder to write to, or a journal to read, nothing can be kept; the rest heals by itself.
    const fails = broken.has(message) || (check === 'data folder' && facts.root.exists && !facts.root.writable);
    return { level: ok ? 'ok' : fails ? 'fail' : 'warn', check, message, ...(fix !== undefined && { fix }) };
  });
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(() => true, () => false);
}
