/** What a search shows of a note: its words, not its drawers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HIT_END, HIT_START, readableSnippet } from '../../../src/core/notes/query.ts';

const cases: readonly [name: string, cut: string, shown: string][] = [
  ['the whole head of an org file', ':PROPERTIES:\n:ID: smoke\n:END:\n#+title: [Smoke] test\n#+filetags: :a:b:\n\nAlways [smoke] first.\n', '…Always [smoke] first.'],
  ['a headline with a drawer in the middle', '…takes thirty [seconds].\n* Exceptions\n:PROPERTIES:\n:ID: smoke-exceptions\n:END:\nNone so far.…', '…takes thirty [seconds]. * Exceptions … None so far.…'],
  ['a frontmatter', '---\ntitle: Ideas\n---\n# Ideas [later]', '…title: Ideas … # Ideas [later]'],
  ['nothing but the head', ':PROPERTIES:\n:ID: [smoke]\n:END:', ''],
  ['text that looks a little like it', 'He said: yes\n::: warning [here]', 'He said: yes ::: warning [here]'],
  ['nothing', '', ''],
];

for (const [name, cut, shown] of cases)
  test(name, () => {
    const marked = (text: string) => text.replaceAll('[', HIT_START).replaceAll(']', HIT_END);
    assert.equal(readableSnippet(marked(cut)), marked(shown));
  });
