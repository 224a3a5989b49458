/**
 * Which language words are in, as a BCP-47 tag, so that the right voice reads them. Many languages
 * share a script; only what the letters themselves tell is told. Latin script without telling
 * letters stays unknown: a default voice is better than a wrong one.
 */

/** Letters that no other of the languages here has; the first that occurs decides within its script. */
const telling: readonly (readonly [letters: RegExp, language: string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Bopomofo}/u, 'zh-TW'],
  [/[іїєґ]/iu, 'uk'],
  [/[ўЎ]/u, 'be'],
  [/[ђћџљњј]/iu, 'sr'],
  [/[پچژگ]/u, 'fa'],
  [/[ٹڈڑےں]/u, 'ur'],
  [/[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỵỷỹ]/iu, 'vi'],
  [/[ß]/u, 'de'],
  [/[őű]/iu, 'hu'],
  [/[ěřů]/iu, 'cs'],
  [/[łąęśźż]/iu, 'pl'],
  [/[ğış]/u, 'tr'],
  [/[ñ¿¡]/iu, 'es'],
  [/[ãõ]/iu, 'pt'],
  [/[țș]/iu, 'ro'],
];

const scripts: readonly (readonly [script: RegExp, language: string])[] = [
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Bengali}/u, 'bn'],
  [/\p{Script=Gurmukhi}/u, 'pa'],
  [/\p{Script=Gujarati}/u, 'gu'],
  [/\p{Script=Tamil}/u, 'ta'],
  [/\p{Script=Telugu}/u, 'te'],
  [/\p{Script=Kannada}/u, 'kn'],
  [/\p{Script=Malayalam}/u, 'ml'],
  [/\p{Script=Sinhala}/u, 'si'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Myanmar}/u, 'my'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Tibetan}/u, 'bo'],
  [/\p{Script=Georgian}/u, 'ka'],
  [/\p{Script=Armenian}/u, 'hy'],
  [/\p{Script=Ethiopic}/u, 'am'],
];

/** The language of one side of a deck: all its words together tell more than one. undefined: unknown. */
export function guessLanguage(words: readonly string[]): string | undefined {
  const script = mostFrequent(words, scripts);
  const letters = mostFrequent(words, telling);
  // Telling letters count when they belong to what most words are written in; Japanese is Han as well.
  if (script === undefined) return letters;
  if (letters === undefined) return script;
  return belongs[letters] === script ? letters : script;
}

const belongs: Readonly<Record<string, string>> = { ja: 'zh', 'zh-TW': 'zh', uk: 'ru', be: 'ru', sr: 'ru', fa: 'ar', ur: 'ar' };

function mostFrequent(words: readonly string[], tests: typeof scripts): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) {
    const found = tests.find(([letters]) => letters.test(word))?.[1];
    if (found !== undefined) counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** A well-formed BCP-47 tag in its usual spelling, such as `pt-BR`; undefined when it is none. */
export function languageTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}
