import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addBlock, readHook, removeBlock } from '../../../src/core/install/hookText.ts';

const block = { launcher: "/data o'neil/$x/bin/wheelhouse", block: false };
const begin = '# >>> wheelhouse >>>\n';

const hooks: readonly { name: string; text: string; before: string }[] = [
  { name: 'behind the first line', text: '#!/bin/sh\nmake lint\nexit 0\n', before: '#!/bin/sh\n' },
  { name: 'behind set lines', text: '#!/usr/bin/env bash\n# checks\n\nset -euo pipefail\nset -x\n\nrun\nexit 0', before: '#!/usr/bin/env bash\n# checks\n\nset -euo pipefail\nset -x\n' },
  { name: 'a later set is not waited for', text: '#!/bin/dash\nrun\nset -e\n', before: '#!/bin/dash\n' },
  { name: 'with options', text: '#! /bin/bash -e\nrun\n', before: '#! /bin/bash -e\n' },
];
for (const { name, text, before } of hooks) {
  test(`the block stands ${name}, and comes out again without a trace`, () => {
    const added = addBlock(text, block) ?? '';
    assert.ok(added.startsWith(before + begin), added);
    assert.equal(removeBlock(added), text);
    assert.deepEqual([readHook(text), readHook(added)], ['none', 'warns']);
    assert.equal(addBlock(added, block), added);
    const blocking = addBlock(added, { ...block, block: true }) ?? '';
    assert.equal(readHook(blocking), 'blocks');
    assert.equal(removeBlock(blocking), text);
  });
}

test('a hook of our own is one file, and gone when the block is', () => {
  const own = addBlock(undefined, block) ?? '';
  assert.ok(own.startsWith(`#!/bin/sh\n${begin}`));
  assert.equal(removeBlock(own), undefined);
  assert.equal(removeBlock(`${own}make lint\n`), '#!/bin/sh\nmake lint\n');
});

for (const text of ['#!/usr/bin/env node\nrun()\n', '#!/usr/bin/python3\n', 'no first line\n', '\0ELF', '#!/bin/sh\r\nrun\r\n']) {
  test(`no block in what is not a shell script: ${JSON.stringify(text)}`, () => {
    assert.equal(addBlock(text, block), undefined);
    assert.equal(removeBlock(text), text);
  });
}

test('a block whose end was deleted does not reach into lines of the user', () => {
  const broken = (addBlock('#!/bin/sh\nmine\n', block) ?? '').replace('# <<< wheelhouse <<<\n', '');
  const again = addBlock(broken, block) ?? '';
  assert.equal(removeBlock(again), broken);
});
