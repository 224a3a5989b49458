import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseThreadText, threadContext, threadEntries, threadLabel, wantsThread } from '../../../../src/faces/vscode/review/threadText.ts';
import { item } from './items.ts';

describe('a comment of several lines', () => {
  const cases: { input: string; read: ReturnType<typeof parseThreadText> }[] = [
    { input: '! wrong #perf\n\n  indented\nlast  ', read: { severity: 'must', tags: ['perf'], text: 'wrong\n\n  indented\nlast' } },
    { input: 'plain\n! not a mark\n#not a tag', read: { severity: 'should', tags: [], text: 'plain\n! not a mark\n#not a tag' } },
    { input: '? #api\r\nwhy so?', read: { severity: 'question', tags: ['api'], text: 'why so?' } },
    { input: '~ one', read: { severity: 'nit', tags: [], text: 'one' } },
  ];
  for (const { input, read } of cases) test(JSON.stringify(input), () => assert.deepEqual(parseThreadText(input), read));
});

test('what people wrote is text, not Markdown', () => {
  const at = { year: 2026, month: 11, day: 23, hour: 15, minute: 0 };
  const [comment, reply, why] = threadEntries(item({ id: 'a', text: '*x* <b>', replies: [{ at, author: 'ann', text: '[y](command:z)' }], state: 'wontfix', summary: 'no `way`', closed: at }));
  assert.equal(comment?.body, '\\*x\\* \\<b\\>');
  assert.deepEqual([reply?.author, reply?.body], ['ann', '\\[y\\]\\(command\\:z\\)']);
  assert.deepEqual([why?.author, why?.body], ["Won't fix", 'no \\`way\\`']);
  assert.equal(reply?.at?.getHours(), 15);
});

test('label and context', () => {
  assert.equal(threadLabel(item({ id: 'a', severity: 'must', tags: ['x'] })), 'Must · #x');
  assert.equal(threadLabel(item({ id: 'a', state: 'done', verified: true })), 'Should · Done');
  assert.match(threadContext(item({ id: 'a' })), /\btodo\b/);
  assert.match(threadContext(item({ id: 'a', state: 'done' })), /^(?!.*\btodo\b).*\bcomment\b/);
});

describe('whether there is a thread', () => {
  const replies = [{ at: { year: 2026, month: 1, day: 1 }, author: 'a', text: 't' }];
  const cases = [
    { name: 'a plain comment has none', given: item({ id: 'a' }), known: [], wanted: false },
    { name: 'a conversation has one', given: item({ id: 'a', replies }), known: [], wanted: true },
    { name: 'a closed conversation has none', given: item({ id: 'a', replies, state: 'done' }), known: [], wanted: false },
    { name: 'one that was there stays', given: item({ id: 'a', state: 'done' }), known: ['a'], wanted: true },
    { name: 'without a file there is no place for one', given: item({ id: 'a', replies, range: { start: 0, end: 0 } }), known: ['a'], wanted: false },
  ];
  for (const { name, given, known, wanted } of cases) test(name, () => assert.equal(wantsThread(given, new Set(known)), wanted));
});
