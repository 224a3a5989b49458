/** With settings that keep a layer from working, verify, apply and doctor say so, and nothing claims to be protected. */
import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { policyFindings } from '../../../src/adapters/node/policy/doctor.ts';
import { openPolicyPlace, planApply, protectionOf, verifyPolicy, type PolicyPlace } from '../../../src/adapters/node/policy/policy.ts';
import { stage, type Stage } from '../../faces/cli/stage.ts';

const small = 'read:\n  deny: [.env]\n';

interface Company {
  readonly staged: Stage;
  readonly place: PolicyPlace;
  readonly manage: (text: string, file?: string) => Promise<void>;
}

/** A policy that is applied, in a company whose settings are as a test says. */
async function prepare(t: TestContext, policy = small): Promise<Company> {
  const staged = await stage(t);
  await staged.write('.wheelhouse/policy.yaml', policy);
  assert.equal((await staged.wheelhouse(['policy', 'apply'])).code, 0);
  const managedFolder = join(staged.root, 'company');
  const place = openPolicyPlace({ folder: staged.repo, env: staged.env, managedFolder });
  const manage = async (text: string, file = 'managed-settings.json') => {
    await mkdir(join(managedFolder, 'managed-settings.d'), { recursive: true });
    await writeFile(join(managedFolder, file), text);
  };
  return { staged, place, manage };
}

describe('settings of a company', () => {
  const cases: readonly (readonly [text: string, layer: 'hook' | 'rules', says: RegExp])[] = [
    ['{"allowManagedHooksOnly":true}', 'hook', /company's hooks/], ['{"strictPluginOnlyCustomization":["hooks"]}', 'hook', /only plugins/], ['{"allowManagedPermissionRulesOnly":true}', 'rules', /permission rules/],
  ];
  for (const [text, layer, says] of cases) {
    test(text, async (t) => {
      const { staged, place, manage } = await prepare(t);
      await manage('{"permissions":{"disableBypassPermissionsMode":"disable"}}');
      assert.equal((await verifyPolicy(place)).protected, true, 'a company that forbids nothing of ours is no hindrance');
      await manage(text);
      assert.equal((await protectionOf(place)).state, 'stale', 'what was known before counts no more');
      const { protected: isProtected, rows, notes } = await verifyPolicy(place);
      const reads = rows.filter(({ tool }) => tool === 'Read');
      assert.deepEqual([isProtected, reads.map(({ layers }) => layers[layer]), reads.some(({ holds }) => holds)], [false, reads.map(() => 'absent'), false]);
      assert.match(notes.join('\n'), says);
      assert.match((await planApply(place, { scope: 'workspace' })).notes.join('\n'), says);
      const findings = await policyFindings({ folder: staged.repo, env: staged.env, dataRoot: place.dataRoot, managedFolder: place.managedFolder ?? '' });
      assert.deepEqual(findings.filter(({ level }) => level === 'ok'), []);
      assert(findings.some(({ level, message }) => level === 'fail' && says.test(message)), JSON.stringify(findings));
    });
  }
});

describe('a sandbox that the policy asks for', () => {
  const cases: readonly (readonly [name: string, managed: string, change: (settings: { sandbox: Record<string, unknown> }) => void, says: RegExp | undefined])[] = [
    ['as it was applied', '{}', () => undefined, undefined],
    ['turned off by the company', '{"sandbox":{"enabled":false}}', () => undefined, /turns the sandbox off/],
    ['commands that may leave it', '{}', ({ sandbox }) => delete sandbox['allowUnsandboxedCommands'], /let commands leave it/],
    ['an agent that starts without', '{}', ({ sandbox }) => (sandbox['failIfUnavailable'] = false), /start without one/],
    ['commands that are left out', '{}', ({ sandbox }) => (sandbox['excludedCommands'] = ['python3:*']), /outside of the sandbox: python3/],
    ['a secret that is let in again', '{}', ({ sandbox }) => ((sandbox['filesystem'] as Record<string, unknown>)['allowRead'] = ['~/.ssh/id', '/usr']), /opens what the policy denies: ~\/\.ssh\/id\./],
    ['a rule that is gone', '{}', ({ sandbox }) => ((sandbox['filesystem'] as Record<string, unknown>)['denyRead'] = []), /do not have this rule for it/],
  ];
  for (const [name, managed, change, says] of cases) {
    test(name, async (t) => {
      const { staged, place, manage } = await prepare(t, 'read:\n  deny: [.env, ~/.ssh]\nsandbox: required\n');
      await manage(managed);
      const file = join(staged.repo, '.claude/settings.local.json');
      const settings = JSON.parse(await readFile(file, 'utf8')) as { sandbox: Record<string, unknown> };
      change(settings);
      await writeFile(file, JSON.stringify(settings));
      const { protected: isProtected, rows, notes, sandbox } = await verifyPolicy(place);
      const said = [...notes, ...rows.map(({ message }) => message ?? '')].join('\n');
      if (says === undefined) assert.deepEqual([isProtected, notes], [true, []], said);
      // Where there is no sandbox at all, that a rule of it is gone is no matter: the agent does not start.
      else if (name !== 'a rule that is gone' || sandbox.state === 'works' || sandbox.state === 'unknown') assert.deepEqual([isProtected, says.test(said)], [false, true], said);
      assert(rows.every(({ layers }) => layers.sandbox !== 'denied'), 'the agent was not started, so nobody has seen it');
    });
  }
});

describe('settings that cannot be written', { skip: process.platform === 'win32' && 'POSIX modes' }, () => {
  test('a read-only file stays, and nothing is protected', async (t) => {
    const { staged, place } = await prepare(t);
    const file = join(staged.repo, '.claude/settings.local.json');
    await writeFile(file, '{"model":"opus"}');
    await chmod(file, 0o444);
    const applied = await staged.wheelhouse(['policy', 'apply']);
    assert.deepEqual([applied.code, await readFile(file, 'utf8')], [1, '{"model":"opus"}']);
    assert.match(applied.stderr, /settings\.local\.json is read-only.*the policy is not in it.*--scope/);
    assert.equal((await verifyPolicy(place)).protected, false);
    assert.equal((await staged.wheelhouse(['policy', 'apply', '--scope', 'user'])).code, 0);
    assert.equal((await verifyPolicy(place)).protected, true);
  });
});
