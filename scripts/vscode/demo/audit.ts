/** Some calls of the demo's sessions, put to the real hook: the policy decides, and the audit keeps what it decided. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../paths.ts';
import { sessionId } from './sessions.ts';

type Call = readonly [session: string, tool: string, input: Readonly<Record<string, string>>];

const CALLS: readonly Call[] = [
  ['invoice-rounding', 'Read', { file_path: 'src/invoice.js' }],
  ['invoice-rounding', 'Grep', { pattern: 'toFixed', path: 'src' }],
  ['invoice-rounding', 'Edit', { file_path: 'src/invoice.js', old_string: 'toFixed(2)', new_string: 'cents(sum)' }],
  ['tax-tables', 'Bash', { command: 'npm test' }],
  ['tax-tables', 'Read', { file_path: '.env' }],
  ['tax-tables', 'Bash', { command: 'cat .env | grep TAX' }],
  ['tax-tables', 'Read', { file_path: 'src/report.js' }],
  ['billable-export', 'Bash', { command: 'git status --short' }],
  ['billable-export', 'Read', { file_path: '~/.ssh/id_ed25519' }],
  ['billable-export', 'Write', { file_path: 'src/csv.js', content: 'export const csv = (rows) => rows.join();' }],
  ['billable-export', 'Bash', { command: 'git push --force origin main' }],
];

/** @param env With the demo's data folders. */
export async function recordCalls(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (const [at, [session, tool, input]] of CALLS.entries()) {
    const common = { session_id: sessionId(session), cwd: folder, tool_name: tool, tool_input: absolute(folder, input), tool_use_id: `demo-${at}` };
    const answer = await hook(folder, env, { ...common, hook_event_name: 'PreToolUse' });
    if (!/"permissionDecision":"(deny|ask)"/.test(answer)) await hook(folder, env, { ...common, hook_event_name: 'PostToolUse', tool_response: {} });
  }
}

/** As agents do, paths of files are given whole. */
function absolute(folder: string, input: Call[2]): Call[2] {
  const { file_path: file } = input;
  return file === undefined || file.startsWith('~') ? input : { ...input, file_path: path.join(folder, file) };
}

function hook(folder: string, env: NodeJS.ProcessEnv, event: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(projectRoot, 'dist', 'cli.js'), 'hook'], { cwd: folder, env, stdio: ['pipe', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    child.once('error', reject).once('close', () => resolve(said));
    child.stdin.end(JSON.stringify(event));
  });
}
