import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detectFormat } from '../../../../src/core/cards/formats/index.ts';

describe('formats are told apart', () => {
  const cases: [name: string, text: string, format: string][] = [
    ['x.apkg', '', 'anki'],
    ['', 'PK\x03\x04', 'anki'],
    ['x.json', 'PK\x03\x04', 'anki'],
    ['x.TSV', 'a', 'csv'],
    ['notes.org', '', 'org'],
    ['notes.md', '', 'markdown'],
    ['', '  [{"question":', 'json'],
    ['', 'Sure, here they are:\n```json\n[{"question"', 'json'],
    ['x.txt', '#separator:tab\n#html:true\n', 'csv'],
    ['', 'question,answer\na,b', 'csv'],
    ['', 'a;b\n', 'csv'],
    ['', '#+TITLE: x\n* y', 'org'],
    ['', '* q :fc:\na', 'org'],
    ['', '#flashcards/x\na::b', 'markdown'],
    ['', 'a::b\n', 'markdown'],
    ['', 'a\n?\nb\n', 'markdown'],
  ];
  for (const [name, text, format] of cases) test(`${name} ${JSON.stringify(text)}`, () => assert.equal(detectFormat(name, new TextEncoder().encode(text)), format));
});
