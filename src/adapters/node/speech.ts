/**
 * Reading aloud with the voices of the system: `say` on macOS, SAPI on Windows, `spd-say`,
 * `espeak-ng` or `espeak` elsewhere. Words are anybody's text: they never become part of a command.
 */
import { isWheelhouseError, WheelhouseError } from '../../core/base/errors.ts';
import type { AbortSignalLike, Processes } from '../../core/ports/processes.ts';
import type { Environment } from './locations.ts';
import { nodeProcesses } from './processes.ts';

export interface SpeechOptions {
  readonly env?: Environment;
  readonly platform?: NodeJS.Platform;
  readonly processes?: Processes;
}

export type SpeechState =
  /** `engine`: the program that speaks. */
  | { readonly available: true; readonly engine: string }
  /** `why` is a sentence for the user. */
  | { readonly available: false; readonly why: string };

export interface SpeakOptions {
  /** BCP-47; left out, the voice that the system prefers. */
  readonly language?: string;
  readonly signal?: AbortSignalLike;
}

export interface Speech {
  /** Whether there is a voice, for a language when one is named. It is found out once. */
  readonly speechAvailable: (language?: string) => Promise<SpeechState>;
  /**
   * Resolves when it has been said.
   * @throws WheelhouseError `not-found` when there is no voice (as `speechAvailable` says), `refused`
   *   when the program fails, `cancelled`, `timeout`.
   */
  readonly speak: (text: string, options?: SpeakOptions) => Promise<void>;
}

interface Engine {
  readonly name: string;
  /** A command that succeeds when the engine works, and the languages of its voices by what it prints; undefined: it does not tell. */
  readonly ask: readonly [string, ...string[]];
  readonly voices: (printed: string) => readonly Voice[] | undefined;
  /** The command that speaks; the text comes on standard input unless it is in the command, behind `--`. */
  readonly say: (voice: Voice | undefined, text: string) => { readonly argv: readonly [string, ...string[]]; readonly input?: string; readonly env?: Environment };
  /** Whether what it complained of means silence, although it ended well. */
  readonly wasSilent?: (stderr: string) => boolean;
}

interface Voice {
  readonly name: string;
  /** BCP-47 in lower case. */
  readonly language: string;
}

const longestText = 2_000;
const timeoutMs = 120_000;
const askTimeoutMs = 5_000;

/** `-Command -` would read the script where the text has to come, so the text comes in the environment, which nobody parses. */
const sapi = (script: string): readonly [string, ...string[]] => ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', `$ErrorActionPreference='Stop'; Add-Type -AssemblyName System.Speech; $s = New-Object System.Speech.Synthesis.SpeechSynthesizer; ${script}`];

const espeak = (program: string): Engine => ({
  name: program,
  ask: [program, '--voices'],
  // Pty Language Age/Gender VoiceName File Other languages: " 5  de  --/M  German  gmw/de".
  voices: (printed) => printed.split('\n').slice(1).flatMap((line) => {
    const [, language] = line.trim().split(/\s+/);
    return language === undefined ? [] : [{ name: language, language: language.toLowerCase() }];
  }),
  say: (voice, text) => ({ argv: [program, '--stdin', ...(voice === undefined ? [] : ['-v', voice.name])], input: text }),
  // Without a sound card it ends with 0. ALSA's own complaints mean nothing, they come with sound as well.
  wasSilent: (stderr) => /^error: /m.test(stderr),
});

const engines: Readonly<Record<string, readonly Engine[]>> = {
  darwin: [
    {
      name: 'say',
      ask: ['say', '-v', '?'],
      // "Amélie (Premium)    fr_CA    # Bonjour ! …"
      voices: (printed) => printed.split('\n').flatMap((line) => {
        const [, name, language] = /^(.*?)\s{2,}([a-z]{2,3}[_-]\w+)\s+#/.exec(line) ?? /^(.*?)\s+([a-z]{2,3}[_-]\w+)\s+#/.exec(line) ?? [];
        return name === undefined || language === undefined ? [] : [{ name, language: language.toLowerCase().replaceAll('_', '-') }];
      }),
      say: (voice, text) => ({ argv: ['say', ...(voice === undefined ? [] : ['-v', voice.name]), '-f', '-'], input: text }),
    },
  ],
  win32: [
    {
      name: 'SAPI',
      ask: sapi('$s.GetInstalledVoices() | Where-Object { $_.Enabled } | ForEach-Object { $_.VoiceInfo.Culture.Name + "`t" + $_.VoiceInfo.Name }'),
      voices: (printed) => printed.split(/\r?\n/).flatMap((line) => {
        const [language = '', name] = line.split('\t');
        return name === undefined ? [] : [{ name: name.trim(), language: language.trim().toLowerCase() }];
      }),
      say: (voice, text) => ({
        argv: sapi('if ($env:WHEELHOUSE_VOICE) { $s.SelectVoice($env:WHEELHOUSE_VOICE) }; $s.Speak($env:WHEELHOUSE_TEXT)'),
        env: { WHEELHOUSE_TEXT: text, WHEELHOUSE_VOICE: voice?.name },
      }),
    },
  ],
  other: [
    {
      name: 'spd-say',
      ask: ['spd-say', '--list-output-modules'],
      voices: () => undefined,
      // Its standard input is a protocol with commands in it ("!-!"), so the text is an argument, behind `--`.
      say: (voice, text) => ({ argv: ['spd-say', '--wait', ...(voice === undefined ? [] : ['--language', voice.language]), '--', text] }),
    },
    espeak('espeak-ng'),
    espeak('espeak'),
  ],
};

export function openSpeech({ env = process.env, platform = process.platform, processes = nodeProcesses() }: SpeechOptions = {}): Speech {
  let finding: Promise<readonly Found[]> | undefined;
  const found = (): Promise<readonly Found[]> => (finding ??= findEngines(platform, processes, env));

  const speechAvailable = async (language?: string): Promise<SpeechState> => {
    const usable = (await found()).find((each) => voiceFor(each, language) !== 'none');
    if (usable !== undefined) return { available: true, engine: usable.engine.name };
    return { available: false, why: noVoice(platform, (await found()).map(({ engine }) => engine.name), language) };
  };

  const speak = async (text: string, { language, signal }: SpeakOptions = {}): Promise<void> => {
    const said = tidy(text);
    if (said === '') return;
    let failure: WheelhouseError | undefined;
    for (const each of await found()) {
      const voice = voiceFor(each, language);
      if (voice === 'none') continue;
      const command = each.engine.say(voice, said);
      const result = await processes.run(command.argv, {
        cwd: '/',
        env: { ...env, ...command.env },
        timeoutMs,
        ...(command.input !== undefined && { input: command.input }),
        ...(signal && { signal }),
      });
      if (result.ended === 'cancelled') throw new WheelhouseError('cancelled', 'Reading aloud was stopped.');
      if (result.ended === 'timeout') throw new WheelhouseError('timeout', `${each.engine.name} did not finish reading and was stopped. Look whether the sound of this computer works.`);
      if (result.exitCode === 0 && each.engine.wasSilent?.(result.stderr) !== true) return;
      failure = new WheelhouseError('refused', `${each.engine.name} could not read this aloud. Look whether the sound of this computer works.`, { details: result.stderr });
    }
    throw failure ?? new WheelhouseError('not-found', noVoice(platform, (await found()).map(({ engine }) => engine.name), language));
  };
  return { speechAvailable, speak };
}

interface Found {
  readonly engine: Engine;
  readonly voices: readonly Voice[] | undefined;
}

async function findEngines(platform: NodeJS.Platform, processes: Processes, env: Environment): Promise<Found[]> {
  const asked = (engines[platform] ?? engines['other'] ?? []).map(async (engine): Promise<Found[]> => {
    try {
      const { exitCode, stdout } = await processes.run(engine.ask, { cwd: '/', env, timeoutMs: askTimeoutMs });
      return exitCode === 0 ? [{ engine, voices: engine.voices(stdout) }] : [];
    } catch (error) {
      if (isWheelhouseError(error)) return [];
      throw error;
    }
  });
  return (await Promise.all(asked)).flat();
}

/** The voice of an engine for a language: the same tag, else the same language; undefined: its own choice; `none`: it has none. */
function voiceFor({ voices }: Found, language: string | undefined): Voice | undefined | 'none' {
  if (language === undefined) return voices === undefined || voices.length > 0 ? undefined : 'none';
  const wanted = language.toLowerCase();
  const base = wanted.split('-')[0] ?? wanted;
  if (voices === undefined) return { name: wanted, language: base };
  // eSpeak calls Mandarin by its own code.
  const names = [wanted, base, ...(base === 'zh' ? ['cmn'] : [])];
  for (const name of names) {
    const voice = voices.find((each) => each.language === name) ?? voices.find((each) => each.language.startsWith(`${name}-`));
    if (voice !== undefined) return voice;
  }
  return 'none';
}

function noVoice(platform: NodeJS.Platform, names: readonly string[], language: string | undefined): string {
  if (names.length > 0 && language !== undefined) return `No voice: ${names.join(' and ')} ${names.length === 1 ? 'has' : 'have'} none for ${languageName(language)}. Add one in the settings of your system.`;
  if (platform === 'darwin' || platform === 'win32') return 'No voice: this system has none. Add one in its settings for speech.';
  return 'No voice: neither spd-say nor espeak-ng is there. Install one of them, such as the package espeak-ng.';
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** One line without control characters (a speech engine may take them for commands), and not endless. */
function tidy(text: string): string {
   
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim().slice(0, longestText).toWellFormed();
}
