/** What settings of a company and of the user keep from working, and how that is said. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { managedSettings, obstacles, type Obstacle } from '../../../src/adapters/node/policy/managed.ts';
import { stage } from '../../faces/cli/stage.ts';

const kinds: readonly (readonly [text: string, layer: Obstacle['layer'] | 'nothing', says: RegExp])[] = [
  ['{"allowManagedHooksOnly":true}', 'hook', /only the company's hooks run.*Ask/],
  ['{"strictPluginOnlyCustomization":["skills","hooks"]}', 'hook', /only plugins bring hooks/],
  ['{"strictPluginOnlyCustomization":true}', 'hook', /only plugins/],
  ['{"disableAllHooks":true}', 'hook', /no hook runs/],
  ['{"allowManagedPermissionRulesOnly":true}', 'rules', /only the company's permission rules/],
  ['{"sandbox":{"excludedCommands":["python3:*"]}}', 'sandbox', /outside of the sandbox: python3:\*/],
  ['{ not json', 'unknown', /what it forbids is not known/],
  ['[]', 'unknown', /no JSON object/],
  // These make an agent safer, or have nothing to do with it.
  ['{"permissions":{"disableBypassPermissionsMode":"disable"}}', 'nothing', /^$/],
  ['{"strictPluginOnlyCustomization":["skills"],"allowManagedHooksOnly":false}', 'nothing', /^$/],
  ['{"model":"opus","permissions":{"deny":["WebFetch"]}}', 'nothing', /^$/],
];
describe('what a company forbids', () => {
  for (const [text, layer, says] of kinds) {
    test(text, async (t) => {
      const { root } = await stage(t, { git: false });
      await writeFile(join(root, 'managed-settings.json'), text);
      const found = obstacles(managedSettings(root));
      assert.deepEqual(found.map((each) => each.layer), layer === 'nothing' ? [] : [layer]);
      assert.match(found[0]?.message ?? '', says);
    });
  }

  test('a file in managed-settings.d counts as well, and of users only what they can set', async (t) => {
    const { root } = await stage(t, { git: false });
    await mkdir(join(root, 'managed-settings.d'));
    await writeFile(join(root, 'managed-settings.d/10-hooks.json'), '{"allowManagedHooksOnly":true}');
    assert.equal(obstacles(managedSettings(root)).length, 1);
    assert.deepEqual(obstacles([], [{ file: 's', settings: { allowManagedHooksOnly: true, disableAllHooks: true } }]).map(({ message }) => message), ['"disableAllHooks" is set in s: no hook runs. Remove it there.']);
  });
});
