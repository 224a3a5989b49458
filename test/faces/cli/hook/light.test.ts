/** The hook's own stand-in for `node:crypto` says what Node's own says. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256 } from '../../../../src/faces/cli/hook/light/sha256.ts';

const own = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('the digest is that of Node at every length around the ends of blocks', () => {
  for (let length = 0; length < 260; length++) {
    const bytes = Buffer.alloc(length, length * 7 + 3);
    assert.equal(sha256(bytes), own(bytes), String(length));
  }
});

test('the digest is that of Node for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => assert.equal(sha256(bytes), own(bytes))),
    { seed: 7, numRuns: 200 },
  );
});
