/** `npm run check`: types, lint and the fast tests, for every save. Under a minute. */
import { finish, runFastTests, runLint, runTypes } from './suites.ts';

finish([...(await runTypes()), await runLint(), await runFastTests()]);
