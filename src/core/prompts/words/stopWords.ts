/** Words that say nothing about what a prompt is about: English function words, and the small talk of prompts. */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are aren't as at be because been before being below between both but by
  can can't cannot could couldn't did didn't do does doesn't doing don't down during each else even every few for from further get
  gets getting give go goes going got had hadn't has hasn't have haven't having he her here hers him his how however i i'd i'll i'm
  i've if in instead into is isn't it it's its itself just know let let's like look looks made make makes making may maybe me might
  more most much must my myself need needs no nor not now of off ok okay on once one only onto or other our ours out over own please
  put rather really right same see seems she should shouldn't since so some something still such sure take than thanks thank that
  that's the their them then there there's these they they're thing things think this those though through to too try two under until
  up upon us use used uses using very via want wants was wasn't way we we'll we're we've well were weren't what what's when where
  whether which while who whom whose why will with within without won't would wouldn't yes yet you you're your yours
  der die das und oder aber ist sind war ein eine einen nicht mit von zu im auf für auch es ich du wir bitte noch mal wie was dass wenn
  den dem des als so nur kann
  le la les un une des et ou est sont pas avec pour dans sur que qui ce cette il elle nous vous je tu
  el los las una unos y o es son no con por para en que se lo su del al`.split(/\s+/),
);
