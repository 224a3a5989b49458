import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseVoice } from '../../../webview-ui/shared/voices.ts';

const voices = [
  { lang: 'en-US', default: false },
  { lang: 'de_DE', default: true },
  { lang: 'pt-BR', default: false },
];
const cases = [
  { language: 'de-DE', voice: 'de_DE' },
  { language: 'de', voice: 'de_DE' },
  { language: 'pt-PT', voice: 'pt-BR' },
  { language: 'ja', voice: undefined },
  { language: '', voice: 'de_DE' },
];
for (const { language, voice } of cases) test(`a voice for ${JSON.stringify(language)}`, () => assert.equal(chooseVoice(voices, language)?.lang, voice));
