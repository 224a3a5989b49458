// Reading aloud, with programs of our own on PATH that write down what they were given.

import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openSpeech, type Speech } from '../../../src/adapters/node/speech.ts';

const skip = process.platform === 'win32' ? 'The programs here are shell scripts.' : false;

const voices: Readonly<Record<string, string>> = {
  'espeak-ng': 'Pty Language       Age/Gender VoiceName          File                 Other Languages\n 5  cmn             --/M      Chinese_(Mandarin) sit/cmn              (zh-cmn 5)(zh 5)\n 5  de              --/M      German             gmw/de\n 5  pt-br           --/M      Portuguese_(Brazil) roa/pt-BR            (pt 6)\n',
  say: 'Amélie              fr_CA    # Bonjour! Je m’appelle Amélie.\nAnna (Premium)      de_DE    # Hallo!\nAlex                en_US    # Most people recognize me by my voice.\n',
  'powershell.exe': 'de-DE\tMicrosoft Hedda Desktop\r\nen-US\tMicrosoft Zira Desktop\r\n',
  'spd-say': 'OUTPUT MODULES\nespeak-ng\n',
};

interface Fake {
  readonly name: string;
  /** The exit code when it is to speak, and when it is asked what it has. */
  readonly fails?: boolean;
  readonly isDead?: boolean;
  readonly complains?: string;
}

async function stage(t: TestContext, platform: NodeJS.Platform, fakes: readonly Fake[]) {
  const folder = await mkdtemp(join(tmpdir(), 'wheelhouse-speech-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const { name, fails, isDead, complains = '' } of fakes) {
    await writeFile(join(folder, `${name}.voices`), voices[name] ?? voices['espeak-ng'] ?? '');
    const path = join(bin, name);
    await writeFile(path, `#!/bin/sh
case "$*" in
  *--voices*|"-v ?"|*GetInstalledVoices*|*--list-output-modules*) cat '${folder}/${name}.voices'; exit ${isDead === true ? 1 : 0};;
esac
{ printf '%s|' ${name} "$@"; printf 'stdin:'; cat; printf '|env:%s,%s\\n' "$WHEELHOUSE_TEXT" "$WHEELHOUSE_VOICE"; } >> '${folder}/said'
echo '${complains}' >&2
exit ${fails === true ? 1 : 0}
`);
    await chmod(path, 0o755);
  }
  const speech = openSpeech({ platform, env: { PATH: `${bin}:/usr/bin:/bin`, HOME: folder } });
  const said = () => readFile(join(folder, 'said'), 'utf8').catch(() => '');
  return { speech, said };
}

const hostile = '-w /tmp/x; $(touch /tmp/pwned)\n`id` "Straße" \u0000\u001b!-!STOP';
const tidied = '-w /tmp/x; $(touch /tmp/pwned) `id` "Straße" !-!STOP';

const cases: { name: string; platform: NodeJS.Platform; fakes: Fake[]; language?: string; engine: string; said: RegExp }[] = [
  { name: 'espeak-ng', platform: 'linux', fakes: [{ name: 'espeak-ng' }], engine: 'espeak-ng', said: /^espeak-ng\|--stdin\|stdin:TEXT\|/ },
  { name: 'espeak-ng in a language', platform: 'linux', fakes: [{ name: 'espeak-ng' }], language: 'de-AT', engine: 'espeak-ng', said: /^espeak-ng\|--stdin\|-v\|de\|stdin:TEXT\|/ },
  { name: 'a regional voice when there is no other', platform: 'linux', fakes: [{ name: 'espeak-ng' }], language: 'pt', engine: 'espeak-ng', said: /\|-v\|pt-br\|/ },
  { name: 'Mandarin', platform: 'linux', fakes: [{ name: 'espeak-ng' }], language: 'zh-TW', engine: 'espeak-ng', said: /\|-v\|cmn\|/ },
  { name: 'old espeak', platform: 'linux', fakes: [{ name: 'espeak' }], language: 'de', engine: 'espeak', said: /^espeak\|--stdin\|-v\|de\|/ },
  { name: 'spd-say first', platform: 'linux', fakes: [{ name: 'spd-say' }, { name: 'espeak-ng' }], language: 'de-DE', engine: 'spd-say', said: /^spd-say\|--wait\|--language\|de\|--\|TEXT\|stdin:\|/ },
  { name: 'spd-say without its server', platform: 'linux', fakes: [{ name: 'spd-say', isDead: true }, { name: 'espeak-ng' }], engine: 'espeak-ng', said: /^espeak-ng\|/ },
  { name: 'the next one when one fails', platform: 'linux', fakes: [{ name: 'spd-say', fails: true }, { name: 'espeak-ng' }], engine: 'spd-say', said: /^spd-say\|[^\n]*\nespeak-ng\|/ },
  { name: 'say', platform: 'darwin', fakes: [{ name: 'say' }], language: 'de', engine: 'say', said: /^say\|-v\|Anna \(Premium\)\|-f\|-\|stdin:TEXT\|/ },
  { name: 'SAPI', platform: 'win32', fakes: [{ name: 'powershell.exe' }], language: 'de', engine: 'SAPI', said: /^powershell\.exe\|-NoProfile\|-NonInteractive\|-Command\|[^\n|]*Speak\(\$env:WHEELHOUSE_TEXT\)\|stdin:\|env:TEXT,Microsoft Hedda Desktop\n$/ },
];
for (const { name, platform, fakes, language, engine, said } of cases) {
  test(name, { skip }, async (t) => {
    const stand = await stage(t, platform, fakes);
    assert.deepEqual(await stand.speech.speechAvailable(language), { available: true, engine });
    await stand.speech.speak(hostile, language === undefined ? {} : { language });
    assert.match((await stand.said()).replaceAll(tidied, 'TEXT'), said);
  });
}

const silent: { name: string; platform: NodeJS.Platform; fakes: Fake[]; language?: string; why: RegExp }[] = [
  { name: 'nothing there', platform: 'linux', fakes: [], why: /^No voice: neither spd-say nor espeak-ng is there\. Install one/ },
  { name: 'no voice for the language', platform: 'linux', fakes: [{ name: 'espeak-ng' }], language: 'ja', why: /^No voice: espeak-ng has none for Japanese\. Add one/ },
  { name: 'nothing on macOS', platform: 'darwin', fakes: [], why: /^No voice: this system has none\./ },
];
for (const { name, platform, fakes, language, why } of silent) {
  test(`no voice: ${name}`, { skip }, async (t) => {
    const { speech, said } = await stage(t, platform, fakes);
    const state = await speech.speechAvailable(language);
    assert.match(state.available ? '' : state.why, why);
    await assert.rejects(speech.speak('x', language === undefined ? {} : { language }), { code: 'not-found', message: why });
    assert.equal(await said(), '');
  });
}

for (const fake of [{ name: 'espeak-ng', fails: true }, { name: 'espeak-ng', complains: 'error: No such file or directory' }]) {
  test(`a program that makes no sound says so (${fake.fails === true ? 'exit code' : 'complaint'})`, { skip }, async (t) => {
    const { speech } = await stage(t, 'linux', [fake]);
    await assert.rejects(speech.speak('x'), { code: 'refused', message: /espeak-ng could not read this aloud\. Look whether the sound/ });
  });
}

test('nothing to say, and stopping', { skip }, async (t) => {
  const { speech, said } = await stage(t, 'linux', [{ name: 'espeak-ng' }]);
  await speech.speak(' \n\u0007');
  assert.equal(await said(), '');
  await assert.rejects(speech.speak('x', { signal: AbortSignal.abort() }), { code: 'cancelled' });
});

test('the real espeak-ng knows its languages and takes hostile text', async (t) => {
  const speech: Speech = openSpeech();
  const state = await speech.speechAvailable('de');
  if (!state.available) {
    t.skip('There is no speech program here.');
    return;
  }
  // Whether it can be heard depends on the sound card; a failure has to be one of ours.
  await speech.speak('a', { language: 'de' }).catch((error: unknown) => assert.equal((error as { code?: string }).code, 'refused'));
});
