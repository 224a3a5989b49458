// The audit as a user meets it: VS Code, a record that hooks have filled, the page, what happens while it is open, and what somebody did to the record.

import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { recordEvent } from '../../src/adapters/node/audit/record.ts';
import type { AuditDecision } from '../../src/core/audit/index.ts';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';
import type { ColorTheme } from '../harness/vscode/settings.ts';

const shots = process.env['WHEELHOUSE_SHOTS'];
const theme = (process.env['WHEELHOUSE_SHOTS_THEME'] ?? 'dark') as ColorTheme;
const minute = 60_000;

describe('the audit in the editor', { skip: await whyNoVSCode() }, () => {
  let root: string;
  let folder: string;
  let code: VSCode;
  let calls = 0;

  const data = () => path.join(root, 'data');
  /** One call, from its attempt to what came of it. */
  function call(session: string, tool: string, input: Record<string, string>, { ago = 0, decision, error, takes = 12, outcome = true }: { ago?: number; decision?: AuditDecision; error?: string; takes?: number; outcome?: boolean } = {}): void {
    const at = Date.now() - ago;
    const event = { session_id: session, cwd: folder, tool_name: tool, tool_input: input, tool_use_id: `t${calls++}`, permission_mode: 'default' };
    recordEvent(data(), { ...event, hook_event_name: 'PreToolUse' }, at, decision);
    if (decision?.verdict === 'denied' || !outcome) return;
    recordEvent(data(), { ...event, hook_event_name: error === undefined ? 'PostToolUse' : 'PostToolUseFailure', duration_ms: takes, error }, at + takes);
  }
  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `e2e-audit-${name}-${theme}.png`)));
  const page = () => code.webview('Audit');

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-au-')));
    folder = path.join(root, 'billable');
    await mkdir(path.join(folder, '.wheelhouse'), { recursive: true });
    await writeFile(path.join(folder, '.wheelhouse/policy.yaml'), 'read:\n  deny:\n    - "*.env"\n');
    await writeFile(path.join(folder, 'app.ts'), 'export const app = 1;\n');
    code = await launchVSCode({ folder, colorTheme: theme, env: { WHEELHOUSE_DATA: data(), CLAUDE_CONFIG_DIR: path.join(root, 'claude'), TMUX_TMPDIR: root }, viewport: { width: 1280, height: 800 } });
  });

  after(async () => {
    await code.dispose();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test('without a record the page teaches', async () => {
    await code.command('wheelhouse.audit.open');
    const shown = await page();
    await shown.getByRole('button', { name: 'Install for Claude Code' }).waitFor();
    await shoot('empty');
  });

  test('what happens is there at once, and what was denied stands out', async () => {
    const shown = await page();
    call('one-session', 'Read', { file_path: path.join(folder, 'app.ts') }, { ago: 50 * minute });
    await shown.getByText('1 call ·').waitFor();
    call('one-session', 'Bash', { command: 'npm test' }, { ago: 45 * minute, error: 'exit 1', takes: 61_000 });
    const denied = { verdict: 'denied', layer: 'policy', reason: 'Reading .env is denied by the policy.', rule: '*.env', ruleAt: `${path.join(folder, '.wheelhouse/policy.yaml')}:3` } as const;
    call('one-session', 'Read', { file_path: path.join(folder, '.env') }, { ago: 40 * minute, decision: denied });
    call('one-session', 'Bash', { command: `python3 -c "print(open('.env').read())"` }, { ago: 39 * minute });
    call('two-session', 'Edit', { file_path: path.join(folder, 'app.ts'), new_string: '</script><b>x</b>' }, { ago: 5 * minute, decision: { verdict: 'denied', layer: 'claim', reason: 'app.ts is claimed by one-session.' } });
    call('two-session', 'Write', { file_path: path.join(folder, 'new.ts'), content: 'API_KEY=zXcVbNm1234567890qwerty' }, { ago: 2 * minute });
    await shown.getByText('6 calls · 2 violations · 1 near-miss').waitFor();
    await code.waitFor(async () => (await shown.locator('.whole').textContent().catch(() => ''))?.startsWith('Unbroken since') === true, 'the state of the chain');
    await shoot('rows');

    const times: number[] = [];
    for (let i = 0; i < 8; i++) {
      const seen = shown.getByText(`live-${i}.ts`).waitFor();
      const started = performance.now();
      call('two-session', 'Read', { file_path: path.join(folder, `live-${i}.ts`) });
      await seen;
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    console.log(`# from the record to the page: median ${Math.round(times[4] ?? 0)} ms, most ${Math.round(times.at(-1) ?? 0)} ms`);
  });

  test('a row tells why, without the secret, and leads to the rule', async () => {
    const shown = await page();
    await shown.getByLabel('Decision').selectOption({ label: 'Violations and near-misses' });
    await shown.getByText('3 of 14 calls').waitFor();
    await shown.getByRole('row', { name: /violation: .*\.env, denied by policy/ }).click();
    await shown.getByText('Reading .env is denied by the policy.').waitFor();
    await shoot('open');
    await shown.getByRole('button', { name: 'policy.yaml:3' }).click();
    await code.waitFor(() => code.evaluate((vscode) => vscode.window.activeTextEditor?.document.fileName.endsWith('policy.yaml') === true && vscode.window.activeTextEditor.selection.active.line === 2), 'the rule');
    await code.command('wheelhouse.audit.open', { session: 'two-session' });
    const again = await page();
    await again.getByText('10 of 14 calls').waitFor();
    await again.getByRole('row', { name: /Write .*new\.ts/ }).click();
    await again.getByText('redacted').waitFor();
  });

  test('a line that was removed is noticed when the page is opened again, and shown', async () => {
    const day = new Date().toISOString().slice(0, 10);
    const file = path.join(data(), 'audit', day, 'two-session.jsonl');
    const lines = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, lines.toSpliced(2, 1).join('\n'));
    await code.command('workbench.action.closeAllEditors');
    await code.command('wheelhouse.audit.open', { filter: 'all' });
    const shown = await page();
    await shown.getByText('The record is broken.').waitFor();
    await shoot('broken');
    await shown.getByRole('button', { name: 'Show', exact: true }).click();
    await code.waitFor(() => code.evaluate((vscode) => vscode.window.activeTextEditor?.document.fileName.endsWith('two-session.jsonl') === true), 'the broken file');
  });
});
