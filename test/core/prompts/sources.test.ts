/** Which lines of an agent's files are prompts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArchiveLine, readHistoryLine, readTranscriptLine, writeArchiveLine } from '../../../src/core/prompts/index.ts';

const at = 1_759_400_000_000;

test('lines of a history', () => {
  const whole = { display: 'fix it', pastedContents: {}, timestamp: at, project: '/p', sessionId: 's' };
  const cases: [name: string, line: unknown, expected: string | undefined][] = [
    ['a prompt', whole, `${at} fix it /p s complete`],
    ['without its session, as of old clients', { ...whole, sessionId: undefined }, `${at} fix it /p  complete`],
    ['without a time', { ...whole, timestamp: undefined }, '7 fix it /p s'],
    ['a time as text', { ...whole, timestamp: String(at) }, `${at} fix it /p s`],
    ['a date', { ...whole, timestamp: '2025-10-02T10:13:20.000Z' }, `${at} fix it /p s`],
    ['a time that is no time', { ...whole, timestamp: 'soon' }, '7 fix it /p s'],
    ['a time beyond all calendars', { ...whole, timestamp: 1e300 }, '7 fix it /p s'],
    ['a fraction of a millisecond', { ...whole, timestamp: at + 0.5 }, `${at} fix it /p s`],
    ['a time in the future', { ...whole, timestamp: 32_503_680_000_000 }, '32503680000000 fix it /p s complete'],
    ['fields of other types', { ...whole, project: 7, sessionId: [] }, `${at} fix it   complete`],
    ['a list', [whole], undefined],
    ['null', null, undefined],
    ['a number', 7, undefined],
    ['nothing typed', { ...whole, display: '  ' }, undefined],
    ['no text', { ...whole, display: { a: 1 } }, undefined],
  ];
  for (const [name, line, expected] of cases) {
    const read = readHistoryLine(line, 7);
    assert.equal(read && `${read.told.at} ${read.told.text} ${read.told.project} ${read.told.session}${read.complete ? ' complete' : ''}`, expected, name);
  }
});

test('what is written into the archive is read from it', () => {
  const told = { at, text: 'a\nb \ud83d', project: '/p', session: 's', agent: 'other', pasted: { 1: { content: 'x' } } };
  for (const line of [
    { told, origin: 'transcript', apart: true },
    { told: { ...told, agent: 'claude', pasted: undefined }, origin: 'history', apart: false },
    { told, origin: 'import', apart: false },
  ] as const) {
    const text = writeArchiveLine(line);
    assert(!text.includes('\n'));
    assert.deepEqual(readArchiveLine(JSON.parse(text)), line);
  }
});

test('lines of a transcript', () => {
  const user = (content: unknown, more: object = {}) => ({ type: 'user', timestamp: '2025-10-02T10:13:20.000Z', sessionId: 's', cwd: '/p', message: { role: 'user', content }, ...more });
  const text = (value: string) => ({ type: 'text', text: value });
  const cases: [name: string, line: unknown, expected: string | undefined][] = [
    ['a prompt', user('fix it'), 'fix it'],
    ['a prompt in blocks, with an image', user([{ type: 'image', source: {} }, text('what is'), text('this?')]), 'what is\nthis?'],
    ['a prompt behind what an editor adds', user([text('<ide_opened_file>a.ts</ide_opened_file>'), text('explain')]), 'explain'],
    ['a reminder inside', user('fix <system-reminder>be\nnice</system-reminder>it'), 'fix it'],
    ['only a reminder', user('<system-reminder>be nice</system-reminder>'), undefined],
    ['a prompt about tags', user('what does <div> do?'), 'what does <div> do?'],
    ['a slash command', user('<command-name>/clear</command-name>\n<command-message>clear</command-message>'), undefined],
    ['the output of one', user('<local-command-stdout>done</local-command-stdout>'), undefined],
    ['shell input', user('<bash-input>ls</bash-input>'), undefined],
    ['the end of a task', user('<task-notification>done</task-notification>'), undefined],
    ['the result of a tool', user([{ type: 'tool_result', tool_use_id: 'x', content: 'y' }]), undefined],
    ['an interruption', user('[Request interrupted by user for tool use]'), undefined],
    ['meta', user('Caveat', { isMeta: true }), undefined],
    ['a subagent', user('go', { isSidechain: true }), undefined],
    ['the summary of a compaction', user('This session', { isCompactSummary: true }), undefined],
    ['an unmarked summary', user('This session is being continued from a previous conversation that ran out of context.'), undefined],
    ['an answer', { ...user('fix it'), type: 'assistant' }, undefined],
    ['no message', { type: 'user', timestamp: at }, undefined],
    ['no time', user('fix it', { timestamp: undefined }), undefined],
  ];
  for (const [name, line, expected] of cases) assert.equal(readTranscriptLine(line, 'file')?.text, expected, name);
  assert.equal(readTranscriptLine(user('x', { sessionId: 'older' }), 'file')?.session, 'older', 'a resumed file holds several sessions');
  assert.equal(readTranscriptLine(user('x', { sessionId: undefined }), 'file')?.session, 'file');
});
