/** Checkpoints from a transcript, git, the review log and claims, as the hooks and the user ask for them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { org } from '../../adapters/notes/stage.ts';
import { addComment, cli, sample, stage, type Stage } from './stage.ts';

const session = '0b1d2c3e-1111-2222-3333-444455556666';

interface Saved { readonly id: string; readonly path: string; readonly new: boolean; readonly content: string }

/** A transcript that begins now. */
function transcript(s: Stage, id = session): { readonly path: string; readonly add: (...blocks: object[]) => void } {
  const folder = join(s.home, '.claude', 'projects', '-repo');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${id}.jsonl`);
  let calls = 0;
  const line = (type: string, content: unknown) => writeFileSync(path, `${JSON.stringify({ type, timestamp: new Date().toISOString(), message: { role: type, content } })}\n`, { flag: 'a' });
  return {
    path,
    add: (...blocks) => {
      for (const block of blocks as { ask?: string; say?: string; run?: string; edit?: string; fails?: boolean }[]) {
        if (block.ask !== undefined) line('user', block.ask);
        if (block.say !== undefined) line('assistant', [{ type: 'text', text: block.say }]);
        if (block.run === undefined && block.edit === undefined) continue;
        const use = `t${calls++}`;
        line('assistant', [{ type: 'tool_use', id: use, ...(block.run === undefined ? { name: 'Edit', input: { file_path: block.edit } } : { name: 'Bash', input: { command: block.run } }) }]);
        line('user', [{ type: 'tool_result', tool_use_id: use, ...(block.fails === true ? { is_error: true, content: 'Exit code 3\nno' } : { content: 'ok' }) }]);
      }
    },
  };
}

async function checkpoint(s: Stage, args: readonly string[] = []): Promise<Saved> {
  const ran = await s.wheelhouse(['sessions', 'checkpoint', session, '--json', ...args]);
  assert.equal(ran.code, 0, ran.stderr);
  const saved = JSON.parse(ran.stdout) as Saved;
  const shown = await s.wheelhouse(['sessions', 'checkpoints', saved.id, '--json']);
  return { ...saved, content: (JSON.parse(shown.stdout) as { content: string }).content };
}

/** As the agent runs it. @returns What it is told, and how long it waited. */
function hook(s: Stage, event: object): { readonly told: string; readonly ms: number } {
  const start = performance.now();
  const ran = spawnSync(process.execPath, [cli, 'hook'], { cwd: s.repo, env: s.env, input: JSON.stringify({ session_id: session, cwd: s.repo, ...event }), encoding: 'utf8' });
  assert.deepEqual([ran.status, ran.stderr], [0, '']);
  const answer = ran.stdout === '' ? undefined : (JSON.parse(ran.stdout) as { hookSpecificOutput: { hookEventName: string; additionalContext: string } }).hookSpecificOutput;
  if (answer) assert.equal(answer.hookEventName, 'SessionStart');
  return { told: answer?.additionalContext ?? '', ms: performance.now() - start };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await delay(50);
  assert(holds());
}

describe('what is written', () => {
  test('prompts, commands, commits, files, comments, claims, and what the session says', async (t: TestContext) => {
    const s = await stage(t, { files: { ...sample, 'before.txt': 'x\n' } });
    await s.write('before.txt', 'changed before the session began\n');
    await addComment(s, 'code.txt:2', 'two is wrong');
    // git knows times to the second, and the transcript begins after the first commit.
    await delay(2100);
    const { add } = transcript(s);
    add({ ask: 'Fix two; my key is ghp_abcdefghijklmnopqrstuvwxyz0123456789' }, { run: 'make test', fails: true }, { run: 'ls -la' }, { edit: join(s.repo, 'code.txt') }, { run: 'make test' }, { say: 'Two is right now.' });
    await delay(1100);
    await s.write('code.txt', 'one\n2\nthree is good\nfour\n');
    await s.git('commit', '--quiet', '-m', 'Two is right', '--', 'code.txt');
    await s.write('new.txt', 'x\n');
    await s.wheelhouse(['coord', 'claim', 'code.txt', '--as', session]);

    const { content } = await checkpoint(s, ['--summary', 'Two is done.', '--next', 'Do three', '--decision', 'Digits, for brevity']);
    assert.match(content, /1 prompt in 0 min\. Written because the user asked for it\./);
    assert.match(content, /> Two is done\./);
    assert.match(content, /- Asked: Fix two; my key is \[redacted: GitHub token\]/);
    assert.match(content, /- Committed [0-9a-f]{7,}: Two is right/);
    assert.match(content, /- Ran `make test`: ok/);
    assert.doesNotMatch(content, /ls -la|failed|ghp_/);
    assert.match(content, /- Last answer: Two is right now\./);
    assert.match(content, /## What's Next\n- Do three\n- Open review comment cr-\w+ \(\w+\) at code\.txt:2: two is wrong\n- It held claims on `code\.txt`\./);
    assert.match(content, /## Key Decisions\n- Digits, for brevity\n/);
    assert.match(content, /## Files Modified\n- `code\.txt` \+1 −1 \(by its editing tools\)\n- `new\.txt`$/);
  });

  test('nothing when the session has done nothing, and nothing new when nothing has happened since; its words stay', async (t: TestContext) => {
    const s = await stage(t);
    const refused = await s.wheelhouse(['sessions', 'checkpoint', session, '--transcript', join(s.home, 'none.jsonl')]);
    assert.deepEqual([refused.code, refused.stderr], [1, 'wheelhouse: session 0b1d2c3e has done nothing yet, so there is nothing to write down.\n']);
    const { add } = transcript(s);
    add({ ask: 'One' });
    const first = await checkpoint(s, ['--summary', 'So far so good.']);
    const again = await checkpoint(s);
    assert.deepEqual([first.new, again.new, again.id], [true, false, first.id]);
    add({ ask: 'Two' });
    const second = await checkpoint(s);
    assert.equal(second.new, true);
    assert.match(second.content, /> So far so good\.[^]*- Asked: Two/);
  });

  test('no name of a note, when the notes are in the repository', async (t: TestContext) => {
    const s = await stage(t);
    await s.run(['mkdir', '-p', join(s.home, '.local/share/wheelhouse/user'), join(s.repo, 'notes')]);
    writeFileSync(join(s.home, '.local/share/wheelhouse/user/settings.json'), JSON.stringify({ notesFolders: [join(s.repo, 'notes')] }));
    const { add } = transcript(s);
    add({ ask: 'Write' }, { edit: join(s.repo, 'notes', 'canary.org') }, { edit: join(s.repo, 'plain.txt') });
    await s.write('notes/canary.org', 'x\n');
    await s.write('notes/canary-2.org', 'x\n');
    await addComment(s, 'notes/canary.org:1', 'sings');
    await s.wheelhouse(['coord', 'claim', 'notes/canary.org', '--as', session]);
    await s.write('plain.txt', 'x\n');
    const { content } = await checkpoint(s);
    assert.match(content, /plain\.txt/);
    assert.doesNotMatch(content, /canary/);
  });
});

describe('by hooks', () => {
  test('the end of a session and a compaction write one, and the next session starts with it', async (t: TestContext) => {
    const s = await stage(t);
    mkdirSync(join(s.home, 'notes'));
    writeFileSync(join(s.home, 'notes', 'g.org'), org('claude-global-context', 'Rules', ':PUBLIC:', 'Use make.\n'));
    writeFileSync(join(s.home, 'notes', 'shut.org'), org('shut', 'Shut', '', 'rosebud\n'));
    assert.match(hook(s, { hook_event_name: 'SessionStart', source: 'startup' }).told, /Use make/);
    const { path, add } = transcript(s);
    add({ ask: 'Begin the parser' }, { say: 'Begun.' });
    assert.equal(hook(s, { hook_event_name: 'PreCompact', trigger: 'auto', transcript_path: path }).told, '');
    const scope = join(s.home, '.local/share/wheelhouse/repositories');
    const written = () => readdirSync(scope).flatMap((name) => (existsSync(join(scope, name, 'checkpoints')) ? readdirSync(join(scope, name, 'checkpoints')).filter((each) => each.endsWith('.md')) : []));
    await until(() => written().length === 1);
    const { told } = hook(s, { hook_event_name: 'SessionStart', source: 'compact' });
    assert(told.indexOf('Begin the parser') > 0 && told.indexOf('Begin the parser') < told.indexOf('Use make'), told);
    assert.match(told, /before the conversation was compacted/);

    add({ ask: 'End the parser' });
    hook(s, { hook_event_name: 'SessionEnd', reason: 'other', transcript_path: path });
    await until(() => written().length === 2);
    const next = hook(s, { hook_event_name: 'SessionStart', source: 'startup', session_id: 'another-session' }).told;
    assert.match(next, /End the parser/);
    assert.match(next, /when the session ended/);
    assert.doesNotMatch(next, /rosebud|Shut|shut/);

    hook(s, { hook_event_name: 'SessionEnd', reason: 'other', transcript_path: path });
    await delay(500);
    assert.equal(written().length, 2, 'nothing has happened since');
  });

  test('a session that was killed has its checkpoint when the next one starts, once, and a living one has none', async (t: TestContext) => {
    const s = await stage(t);
    const { path, add } = transcript(s);
    add({ ask: 'Begin the tower' });
    const registry = join(s.home, '.claude', 'sessions');
    mkdirSync(registry, { recursive: true });
    const row = (pid: number) => writeFileSync(join(registry, `${pid}.json`), JSON.stringify({ pid, sessionId: session, cwd: s.repo, kind: 'interactive' }));
    const start = () => hook(s, { hook_event_name: 'SessionStart', source: 'startup', session_id: 'next-one', transcript_path: join(path, '..', 'next-one.jsonl') }).told;
    row(process.pid);
    assert.equal(start(), '', 'it lives');
    rmSync(join(registry, `${process.pid}.json`));
    assert.match(start(), /Asked: Begin the tower/);
    assert.match(start(), /Asked: Begin the tower/);
    assert.equal((JSON.parse((await s.wheelhouse(['sessions', 'checkpoints', '--json'])).stdout) as unknown[]).length, 1);
  });

  test('whatever is wrong with an event, the agent is told nothing and goes on', async (t: TestContext) => {
    const s = await stage(t);
    for (const event of [{ hook_event_name: 'SessionStart', cwd: 5 }, { hook_event_name: 'SessionStart', cwd: '/not/there' }, { hook_event_name: 'SessionEnd', session_id: '../x' }, { hook_event_name: 'SessionEnd', cwd: '/not/there' }, { hook_event_name: 'PreCompact', transcript_path: 7 }]) assert.equal(hook(s, event).told, '');
  });
});

test('notes context prints exactly what a session is told, and what was trimmed', async (t: TestContext) => {
  const s = await stage(t);
  mkdirSync(join(s.home, 'notes'));
  writeFileSync(join(s.home, 'notes', 'g.org'), org('claude-global-context', 'Rules', ':PUBLIC:', 'Use make.\n'.repeat(1000)));
  const [plain, json] = [await s.wheelhouse(['notes', 'context']), await s.wheelhouse(['notes', 'context', '--json'])];
  const { told } = hook(s, { hook_event_name: 'SessionStart', source: 'startup' });
  const document = JSON.parse(json.stdout) as { text: string; characters: number; tokens: number; limit: number; parts: { trimmed: string | null }[] };
  assert.equal(plain.stdout.trimEnd(), told.trimEnd());
  assert.equal(document.text, told);
  assert.deepEqual([document.characters, document.limit, document.parts.length], [told.length, 6000, 1]);
  assert.match(document.parts[0]?.trimmed ?? '', /was cut/);
  assert.match(plain.stderr, /of at most 6000 characters, about \d+ tokens/);
  assert.equal(json.stderr, '');
});
