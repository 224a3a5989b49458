/** Terms of programming that look like any other word. */
const terms: ReadonlySet<string> = new Set(
  `algorithm annotation api argument array assertion async auth authentication authorization await backend backup bash benchmark binary
  boolean branch breakpoint browser buffer bug build bundle bundler byte bytecode cache callback cargo certificate checkout checksum ci class
  cli client closure cluster codebase column commit compiler component compression concurrency config configuration console constant
  container controller cookie coroutine cpu crash credentials cron css csv daemon dashboard database dataset datetime deadlock debug
  debugger decorator dependency deploy deployment deserialization diff directory disk django dns docker dockerfile dom driver emacs
  encoding encryption endpoint enum env environment error eslint event exception express fastapi fetch ffi file firewall fixture flag
  flask float folder fork framework frontend function generator generics getter git github gitlab go golang gpu gradle graph graphql
  grep grpc handler hash hashmap haskell header heap hook host html http https ide identifier image import index inheritance inode
  input integer integration interface interpreter iterator java javascript jest job join json jupyter jwt kernel key keyboard kotlin
  kubernetes lambda latency layout library lifecycle linker lint linter linux lisp list llm localhost lock log logger logging loop lua macos
  macro makefile map markdown maven memory merge message metadata method middleware migration mock model module mongodb monitor
  monorepo mutex mysql namespace network nginx node node.js npm null nullable numpy oauth object offset opengl operator orm package
  pagination pandas parameter parse parser patch path payload performance permission php pipeline plugin pnpm pointer polling port
  postgres postgresql process profiler promise prompt property protobuf protocol provider proxy pull push pytest python pytorch query
  queue race rails react readme rebase redis redux refactor refactoring regex regexp registry regression release render renderer repo
  repository request resolver response rest retry rollback route router routing ruby runtime rust rustc sandbox scala schema scheduler
  schema scope screenshot script sdk selector semaphore serialization server service session setter shader shell signal singleton snapshot
  socket sql sqlite ssh ssl stack stacktrace staging stderr stdin stdout storage stream string struct stylesheet submodule subprocess
  subquery svelte svg swift symlink syntax table tailwind tensor terminal terraform test tests thread throttle throughput timeout
  timestamp timezone tls tmux token tokenizer toml traceback transaction transcript tsconfig tuple type typescript ubuntu ui undefined
  unicode unit unix upload upstream url utf-8 uuid validation validator variable vector venv version viewport vim virtualenv vite vscode
  vue wasm webpack websocket webview widget windows worker workflow workspace worktree wrapper xml yaml yarn zip zsh c++ c# f#`.split(/\s+/),
);

/** Inside of a word: `camelCase`, `snake_case`, `node.js`, `src/core`; or capitals and digits only, as `HTTP2`. */
const LOOKS = [/[a-z][A-Z]/, /[\p{L}\p{N}]_[\p{L}\p{N}]/u, /^[\w-]+(?:\/[\w.-]+)*\.[a-z]{1,5}$/i, /^[\w.-]+\/[\w.-]+\//, /^[A-Z][A-Z0-9]{1,7}$/, /^[a-z]+\d+$/i];
/** Shouting, and what is written in capitals outside of programming. */
const SHOUTED = /^(AND|ALL|ALWAYS|BUT|DO|DONT|I|IF|IN|IS|IT|MUST|NEVER|NO|NOT|OK|ONLY|OR|SO|THE|TO|WITH|YES|YOU|THIS|THAT|ARE|FOR|PLEASE|WHY|WHAT|HOW|WAS|BE|ON|OF|AT|AN|AS|MY|ME|WE|US|UP|BY|CAN|HAS|ANY|NOW|USE|AGAIN|EVERY|EACH|JUST|STOP|WAIT|HELP)$/;
const ABBREVIATIONS = /^(e\.g|i\.e|etc|vs|a\.k\.a|and\/or|either\/or|yes\/no)$/;

/** @param written As it stands there. @param word In lower case. */
export function isTechnical(written: string, word: string): boolean {
  if (terms.has(word)) return true;
  if (SHOUTED.test(written) || ABBREVIATIONS.test(word)) return false;
  return LOOKS.some((look) => look.test(written));
}
