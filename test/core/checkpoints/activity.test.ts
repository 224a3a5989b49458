/** What a session did, from its transcript. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ActivityReader, type Activity } from '../../../src/core/checkpoints/index.ts';

let calls = 0;
const at = '2026-11-23T09:00:00.000Z';
const asked = (text: string, more: object = {}) => [JSON.stringify({ type: 'user', timestamp: at, message: { role: 'user', content: text }, ...more })];
const said = (text: string, more: object = {}) => [JSON.stringify({ type: 'assistant', timestamp: at, message: { content: [{ type: 'text', text }] }, ...more })];
const used = (name: string, input: object, result: { is_error?: boolean; content?: unknown } | null = {}, more: object = {}) => {
  const id = `t${calls++}`;
  const call = JSON.stringify({ type: 'assistant', timestamp: at, message: { content: [{ type: 'tool_use', id, name, input }] }, ...more });
  return result === null ? [call] : [call, JSON.stringify({ type: 'user', timestamp: at, message: { content: [{ type: 'tool_result', tool_use_id: id, ...result }] }, ...more })];
};
const bash = (command: string, result?: { is_error?: boolean; content?: unknown }) => used('Bash', { command }, result);

function read(lines: readonly string[]): Activity {
  const reader = new ActivityReader((text) => text.replaceAll('hunter2', '[redacted]'));
  for (const line of lines) reader.add(line);
  return reader.activity();
}

describe('prompts', () => {
  const cases: [string, string[], string[]][] = [
    ['what was typed, on one line', [...asked('Fix\n# this\u0007'), ...asked('and that')], ['Fix # this', 'and that']],
    ['secrets are taken out', asked('the password is hunter2'), ['the password is [redacted]']],
    ['texts of the client are none', [...asked('<command-name>/clear</command-name>'), ...asked('<system-reminder>x'), ...asked('[Request interrupted by user]'), ...asked('x', { isMeta: true }), ...asked('This session is being continued from a previous conversation that ran out of context.')], []],
    ['nor are those of a subagent', asked('look', { isSidechain: true }), []],
  ];
  for (const [name, lines, expected] of cases) test(name, () => assert.deepEqual(read(lines).asked, expected));
  test('the last eight are told, all are counted', () => {
    const { asked: told, askedCount } = read(Array.from({ length: 20 }, (_, n) => asked(`prompt ${n}`)).flat());
    assert.deepEqual([told.length, told[7], askedCount], [8, 'prompt 19', 20]);
  });
});

describe('commands', () => {
  const cases: [string, string[], [string, boolean | undefined, number | undefined][]][] = [
    ['that ended well', bash('npm test'), [['npm test', true, 0]]],
    ['that failed, with its exit code', bash('npm test', { is_error: true, content: 'Exit code 2\nboom' }), [['npm test', false, 2]]],
    ['as blocks', bash('make', { is_error: true, content: [{ type: 'text', text: 'Error: Exit code 127' }] }), [['make', false, 127]]],
    ['the last result counts', [...bash('npm test', { is_error: true, content: 'Exit code 1' }), ...bash('ls'), ...bash('npm test')], [['npm test', true, 0]]],
    ['that only look are not told', ['ls -la', 'cat a | head', 'git status', 'cd x && grep -r y .', 'sed -n 1,5p f', 'git log 2>&1 | head -5'].flatMap((each) => bash(each)), []],
    ['that do more are', ['cat a > b', 'grep "$(rm z)" y', 'find . -delete', 'grep x y && rm z', 'git commit -m x', 'lsof'].flatMap((each) => bash(each)), [['cat a > b', true, 0], ['grep "$(rm z)" y', true, 0], ['find . -delete', true, 0], ['grep x y && rm z', true, 0], ['git commit -m x', true, 0], ['lsof', true, 0]]],
    ['that the user refused did not run', bash('rm -rf /', { is_error: true, content: "The user doesn't want to proceed with this tool use." }), []],
    ['without a result are not told', used('Bash', { command: 'sleep 1000' }, null), []],
    ['lose their secrets before they are cut', bash(`echo ${'x'.repeat(130)} hunter2 && run`), [[`echo ${'x'.repeat(130)} [r…`.slice(0, 140), true, 0]]],
  ];
  for (const [name, lines, expected] of cases) {
    test(name, () => {
      const found = read(lines).commands.map(({ text, ok, exitCode }) => [text, ok, exitCode] as const);
      if (name.includes('before they are cut')) assert(!JSON.stringify(found).includes('hunter'));
      else assert.deepEqual(found, expected);
    });
  }
});

test('files that were edited, those of subagents too, and not those whose edit failed', () => {
  const lines = [...used('Write', { file_path: '/r/b' }), ...used('Edit', { file_path: '/r/a' }, {}, { isSidechain: true }), ...used('Edit', { file_path: '/r/no' }, { is_error: true }), ...used('Read', { file_path: '/r/read' }), ...used('NotebookEdit', { notebook_path: '/r/n.ipynb' })];
  assert.deepEqual(read(lines).edited, ['/r/a', '/r/b', '/r/n.ipynb']);
});

test('the last answer, and not an error of the service', () => {
  assert.equal(read([...said('First.'), ...said('Done.\nAll is well.'), ...said('API Error: 500', { isApiErrorMessage: true })]).lastAnswer, 'Done. All is well.');
});

test('damaged and unknown lines say nothing', () => {
  const lines = ['', '{', '[]', 'null', '1', '{"type":"user"}', '{"type":"user","message":{"content":[null,1,{"type":"tool_result"}]}}', '{"type":"assistant","message":{"content":[{"type":"tool_use","id":1}]}}', '{"type":"x","message":{"content":"y"}}', '{"type":"user","timestamp":"never","message":5}'];
  assert.deepEqual(read(lines), read([]));
});
