/** `npm run check`: types, lint and the fast tests, for every save. About a minute. */
import { fast, finish, inTurn, lint, together, types } from './suites.ts';

finish(await inTurn(together(lint, types), fast)(process.stdout));
