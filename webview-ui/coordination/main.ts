import type { CoordinationProtocol } from '../../src/protocol/coordination.ts';
import { connectToExtension } from '../protocol/extension.ts';
import '../shared/page.css';
import '../shared/report.css';
import './coordination.css';
import { CoordinationPage } from './page.ts';

const link = connectToExtension<CoordinationProtocol>({ view: (view) => page.show(view) });
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const page = new CoordinationPage({ link, root, load: () => link.state.get(), save: (state) => link.state.set(state) });
void page.start();
