/** The page's own voices. Many machines have none; then the extension is asked, and after that the user is told. */

/** Voices may arrive a while after the page; this long is waited for them once. */
const arrivalMs = 1500;
let arrived: Promise<void> | undefined;

function arrival(synthesis: SpeechSynthesis): Promise<void> {
  return (arrived ??= new Promise((resolve) => {
    synthesis.addEventListener('voiceschanged', () => resolve(), { once: true });
    window.setTimeout(resolve, synthesis.getVoices().length > 0 ? 0 : arrivalMs);
  }));
}

export interface Voice {
  readonly lang: string;
  readonly default: boolean;
}

/** The best voice for a BCP 47 language: the very one, else one of the same language; without a language, the default one. */
export function chooseVoice<V extends Voice>(voices: readonly V[], language: string): V | undefined {
  const tag = (text: string) => text.toLowerCase().replace('_', '-');
  if (language === '') return voices.find((voice) => voice.default) ?? voices[0];
  const wanted = tag(language);
  return voices.find(({ lang }) => tag(lang) === wanted) ?? voices.find(({ lang }) => tag(lang).split('-')[0] === wanted.split('-')[0]);
}

/** Speaks with a voice of the page. @returns false when it has none for this language. */
export async function speakHere(text: string, language: string): Promise<boolean> {
  if (!('speechSynthesis' in window)) return false;
  const synthesis = window.speechSynthesis;
  await arrival(synthesis);
  const voice = chooseVoice(synthesis.getVoices(), language);
  if (!voice) return false;
  synthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  synthesis.speak(utterance);
  return true;
}
